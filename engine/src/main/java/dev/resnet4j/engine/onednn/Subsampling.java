package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.PlannedLayer.Convolving;
import dev.resnet4j.engine.onednn.PlannedLayer.Pooling;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Convolutions of single pixels that leave some out, as the two that begin a stage of ResNet-50, made convolutions of all
 * pixels of a smaller feature map. One serves both, and their gradients take down to half the time (docs/performance.md).
 */
final class Subsampling {
    private Subsampling() {}

    /** Layers in order, with the pixels left out before such convolutions instead of within them. */
    static List<PlannedLayer> before(List<PlannedLayer> layers) {
        // Of two equal poolings, the first serves both.
        Set<PlannedLayer> apart = new LinkedHashSet<>();
        layers.forEach(layer -> apart.addAll(apart(layer).toList()));
        return List.copyOf(apart);
    }

    private static Stream<PlannedLayer> apart(PlannedLayer layer) {
        return layer instanceof Convolving convolution && leavesOut(convolution.shape())
                ? apart(convolution)
                : Stream.of(layer);
    }

    private static boolean leavesOut(ConvolutionShape shape) {
        return shape.isOfSinglePixels() && !shape.strides().equals(Size2D.square(1));
    }

    private static Stream<PlannedLayer> apart(Convolving convolution) {
        ConvolutionShape shape = convolution.shape();
        Shape output = shape.output();
        Shape smaller = Shape.of(output.height(), output.width(), shape.input().channels());
        Pooling pooling = Pooling.ofSinglePixels(convolution.input(), shape.strides(), smaller);
        return Stream.of(pooling, convolution.with(pooling.output(), shape.ofAllPixels(smaller, output)));
    }
}
