package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.PlannedLayer.FusedConvolution;
import dev.resnet4j.engine.onednn.PlannedLayer.Pooling;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Pixels that no layer looks at. Where a stage of ResNet-50 begins with convolutions that leave out every other row and
 * column, as in He et al. 2015, three quarters of what the block before makes are for nothing: there its convolutions leave
 * them out. Only for networks in use: in training, all pixels count in the statistics.
 */
final class UnusedPixels {
    private final List<PlannedLayer> layers;

    private UnusedPixels(List<PlannedLayer> layers) {
        this.layers = new ArrayList<>(layers);
    }

    /** Layers in order, without the pixels that none of them looks at. The last one's output is as before. */
    static List<PlannedLayer> leftOut(List<PlannedLayer> layers) {
        UnusedPixels unused = new UnusedPixels(Subsampling.before(layers));
        for (Optional<Pooling> next = unused.next(); next.isPresent(); next = unused.next()) {
            unused.moveBeforeItsMaker(next.get());
        }
        return List.copyOf(unused.layers);
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

    private void moveBeforeItsMaker(Pooling pooling) {
        FusedConvolution maker = maker(pooling.input()).orElseThrow();
        int place = layers.indexOf(maker);
        layers.remove(pooling);
        layers.replaceAll(layer ->
                layer instanceof FusedConvolution taker ? taker.withInstead(pooling.output(), pooling.input()) : layer);
        layers.remove(place);
        layers.addAll(place, leavingOut(maker, pooling.window().strides(), pooling.shape()));
        // Of two equal poolings, the first serves both.
        List<PlannedLayer> distinct = List.copyOf(new LinkedHashSet<>(layers));
        layers.clear();
        layers.addAll(distinct);
    }

    /** A convolution that makes some pixels only, behind the poolings that it needs for that. */
    private static List<PlannedLayer> leavingOut(FusedConvolution maker, Size2D strides, Shape output) {
        List<PlannedLayer> made = new ArrayList<>();
        FusedConvolution smaller = maker;
        if (maker.residual().isPresent()) {
            Pooling residual = Pooling.ofSinglePixels(maker.residual().get(), strides, output);
            made.add(residual);
            smaller = smaller.withResidual(residual.output());
        }
        ConvolutionShape shape = maker.shape();
        if (shape.isOfSinglePixels()) {
            Shape input =
                    Shape.of(output.height(), output.width(), shape.input().channels());
            Pooling pooling = Pooling.ofSinglePixels(maker.input(), strides, input);
            made.add(pooling);
            made.add(smaller.with(pooling.output(), shape.ofAllPixels(input, output)));
        } else {
            made.add(smaller.with(maker.input(), shape.leavingOut(strides, output)));
        }
        return made;
    }
}
