package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.PlannedLayer.FusedConvolution;
import dev.resnet4j.engine.onednn.PlannedLayer.Pooling;
import dev.resnet4j.model.layer.Size2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pixels that no layer looks at. Where a stage of ResNet-50 begins with convolutions that leave out every other row and
 * column, as in He et al. 2015, three quarters of what the block before makes are for nothing: there its convolutions leave
 * them out. Only for networks in use: in training, all pixels count in the statistics.
 */
final class UnusedPixels {
    private List<PlannedLayer> layers;

    private UnusedPixels(List<PlannedLayer> layers) {
        this.layers = Subsampling.before(layers);
    }

    /** Layers in order, without the pixels that none of them looks at. The last one's output is as before. */
    static List<PlannedLayer> leftOut(List<PlannedLayer> layers) {
        UnusedPixels unused = new UnusedPixels(layers);
        for (Optional<Pooling> next = unused.next(); next.isPresent(); next = unused.next()) {
            unused.leaveToItsMaker(next.get());
        }
        return unused.layers;
    }

    /** What leaves pixels out that a convolution has made for nobody else. */
    private Optional<Pooling> next() {
        return layers.stream()
                .filter(Pooling.class::isInstance)
                .map(Pooling.class::cast)
                .filter(pooling -> pooling.isOfSinglePixels()
                        && takers(pooling.input()) == 1
                        && maker(pooling.input()).isPresent())
                .findFirst();
    }

    private long takers(String featureMap) {
        return layers.stream()
                .flatMap(layer -> layer.inputs().stream())
                .filter(featureMap::equals)
                .count();
    }

    private Optional<FusedConvolution> maker(String featureMap) {
        return layers.stream()
                .filter(FusedConvolution.class::isInstance)
                .map(FusedConvolution.class::cast)
                .filter(convolution -> convolution.output().equals(featureMap))
                .findFirst();
    }

    /** The maker makes what the pooling would leave, in its name, of inputs that are pooled instead. */
    private void leaveToItsMaker(Pooling pooling) {
        FusedConvolution maker = maker(pooling.input()).orElseThrow();
        List<PlannedLayer> without = new ArrayList<>(layers);
        without.remove(pooling);
        int place = without.indexOf(maker);
        without.remove(place);
        without.addAll(place, leavingOut(maker, pooling));
        layers = Subsampling.before(without);
    }

    private static List<PlannedLayer> leavingOut(FusedConvolution maker, Pooling pooling) {
        Size2D strides = pooling.window().strides();
        Optional<Pooling> residual =
                maker.residual().map(whole -> Pooling.ofSinglePixels(whole, strides, pooling.shape()));
        FusedConvolution smaller = new FusedConvolution(
                maker.layers(),
                maker.input(),
                residual.map(Pooling::output),
                pooling.output(),
                maker.shape().leavingOut(strides, pooling.shape()));
        return Stream.<PlannedLayer>concat(residual.stream(), Stream.of(smaller))
                .toList();
    }
}
