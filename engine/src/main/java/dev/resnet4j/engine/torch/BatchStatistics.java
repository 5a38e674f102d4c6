package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.NormalizedLayer;
import dev.resnet4j.model.tensor.Shape;
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
    /** Of all channels of all layers: first the means, then the variances. */
    private final Tensor all;

    private final Map<String, Tensor> means = new LinkedHashMap<>();
    private final Map<String, Tensor> variances = new LinkedHashMap<>();

    BatchStatistics(List<NormalizedLayer> layers) {
        this.layers = layers;
        try (PointerScope scope = new PointerScope()) {
            long channels =
                    layers.stream().mapToLong(layer -> layer.shape().channels()).sum();
            all = torch.zeros(2, channels).retainReference();
            long begin = 0;
            for (NormalizedLayer layer : layers) {
                means.put(name(layer), part(0, begin, layer));
                variances.put(name(layer), part(1, begin, layer));
                begin += layer.shape().channels();
            }
        }
    }

    private static String name(NormalizedLayer layer) {
        return layer.layer().name();
    }

    private Tensor part(long row, long begin, NormalizedLayer layer) {
        return all.select(0, row).narrow(0, begin, layer.shape().channels()).retainReference();
    }

    /** Where each layer's means are. */
    Map<String, Pointer> means() {
        return places(means);
    }

    /** Where each layer's variances are. */
    Map<String, Pointer> variances() {
        return places(variances);
    }

    private static Map<String, Pointer> places(Map<String, Tensor> tensors) {
        Map<String, Pointer> places = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> places.put(name, tensor.data_ptr()));
        return places;
    }

    boolean areFinite() {
        return torch.isfinite(all).all().item_bool();
    }

    /**
     * The moving statistics take in the batch's: of the variance the unbiased one, but where there is a single number a
     * channel, as in Keras.
     *
     * @param batch how many pictures
     */
    void updateMoving(NativeWeights weights, int batch) {
        for (NormalizedLayer layer : layers) {
            Scalar share = new Scalar(1 - layer.layer().momentum());
            double numbers = (double) batch * pixels(layer.shape());
            Scalar unbiased = new Scalar(numbers > 1 ? numbers / (numbers - 1) : 1);
            weights.get(name(layer), "moving_mean").lerp_(means.get(name(layer)), share);
            weights.get(name(layer), "moving_variance")
                    .lerp_(variances.get(name(layer)).mul(unbiased), share);
        }
    }

    private static int pixels(Shape shape) {
        return shape.height() * shape.width();
    }

    @Override
    public void close() {
        means.values().forEach(Tensor::close);
        variances.values().forEach(Tensor::close);
        all.close();
    }
}
