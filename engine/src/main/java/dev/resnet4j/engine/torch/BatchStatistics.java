package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.NormalizedLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The means and the biased variances of a batch that a body's batch normalisations take, until closed. */
final class BatchStatistics implements AutoCloseable {
    private final List<NormalizedLayer> layers;
    /** Of all channels of all layers, one layer after the other. */
    private final Tensor means;

    private final Tensor variances;
    private final Tensor unbiasedVariances;
    private final List<Tensor> meansOfEach;
    private final List<Tensor> unbiasedVariancesOfEach;

    BatchStatistics(List<NormalizedLayer> layers) {
        this.layers = layers;
        int channels =
                layers.stream().mapToInt(layer -> layer.shape().channels()).sum();
        try (PointerScope scope = new PointerScope()) {
            means = torch.zeros(channels).retainReference();
            variances = torch.zeros(channels).retainReference();
            unbiasedVariances = torch.zeros(channels).retainReference();
            meansOfEach = parts(means);
            unbiasedVariancesOfEach = parts(unbiasedVariances);
        }
    }

    private List<Tensor> parts(Tensor ofAll) {
        List<Tensor> parts = new ArrayList<>();
        long begin = 0;
        for (NormalizedLayer layer : layers) {
            int channels = layer.shape().channels();
            parts.add(ofAll.narrow(0, begin, channels).retainReference());
            begin += channels;
        }
        return parts;
    }

    /** Where each layer's means are, by the layer's name. */
    Map<String, Pointer> meansOfLayers() {
        return places(means);
    }

    /** Where each layer's variances are, by the layer's name. */
    Map<String, Pointer> variancesOfLayers() {
        return places(variances);
    }

    private Map<String, Pointer> places(Tensor ofAll) {
        Map<String, Pointer> places = new LinkedHashMap<>();
        List<Tensor> parts = parts(ofAll);
        for (int index = 0; index < parts.size(); index++) {
            places.put(layers.get(index).layer().name(), parts.get(index).data_ptr());
        }
        parts.forEach(Tensor::close);
        return places;
    }

    boolean areFinite() {
        return torch.isfinite(means).all().item_bool()
                && torch.isfinite(variances).all().item_bool();
    }

    /**
     * The moving statistics take in the batch's: of the variance the unbiased one, but where there is a single number a
     * channel, as in Keras.
     *
     * @param batch how many pictures
     */
    void updateMoving(NativeWeights weights, int batch) {
        unbiasedVariances.copy_(variances);
        for (int index = 0; index < layers.size(); index++) {
            NormalizedLayer layer = layers.get(index);
            String name = layer.layer().name();
            Scalar share = new Scalar(1 - layer.layer().momentum());
            Tensor variance = unbiasedVariancesOfEach.get(index).mul_(new Scalar(unbiased(layer, batch)));
            weights.get(name, "moving_mean").lerp_(meansOfEach.get(index), share);
            weights.get(name, "moving_variance").lerp_(variance, share);
        }
    }

    private static double unbiased(NormalizedLayer layer, int batch) {
        double numbers = (double) batch * layer.shape().height() * layer.shape().width();
        return numbers > 1 ? numbers / (numbers - 1) : 1;
    }

    @Override
    public void close() {
        meansOfEach.forEach(Tensor::close);
        unbiasedVariancesOfEach.forEach(Tensor::close);
        means.close();
        variances.close();
        unbiasedVariances.close();
    }
}
