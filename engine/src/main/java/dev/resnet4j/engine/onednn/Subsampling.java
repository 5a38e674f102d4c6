package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolution of single pixels that leaves some out, as the two that begin a stage of ResNet-50, is one of all pixels of a
 * smaller feature map: made once for both, it halves the time of their gradients (docs/performance.md).
 */
final class Subsampling {
    private static final Size2D ONE = Size2D.square(1);
    private static final PlannedLayer.Edges NO_PADDING = new PlannedLayer.Edges(0, 0, 0, 0);

    private record Key(String input, Size2D strides, Shape shape) {}

    private final List<PlannedLayer> layers = new ArrayList<>();
    /** The names of the smaller feature maps. */
    private final Map<Key, String> made = new HashMap<>();

    private Subsampling() {}

    /** Layers in order, with the pixels left out before the convolutions instead of within them. */
    static List<PlannedLayer> before(List<PlannedLayer> convolutions) {
        Subsampling subsampling = new Subsampling();
        convolutions.forEach(subsampling::add);
        return List.copyOf(subsampling.layers);
    }

    private void add(PlannedLayer layer) {
        layers.add(
                layer instanceof PlannedLayer.Convolution convolution && leavesPixelsOut(convolution.shape())
                        ? ofAllPixels(convolution)
                        : layer);
    }

    private static boolean leavesPixelsOut(ConvolutionShape shape) {
        boolean hasPadding = shape.top() + shape.left() + shape.bottom() + shape.right() > 0;
        return shape.kernel().equals(ONE) && !shape.strides().equals(ONE) && !hasPadding;
    }

    private PlannedLayer ofAllPixels(PlannedLayer.Convolution convolution) {
        ConvolutionShape shape = convolution.shape();
        Shape smaller = Shape.of(
                shape.output().height(), shape.output().width(), shape.input().channels());
        Key key = new Key(convolution.input(), shape.strides(), smaller);
        String input = made.computeIfAbsent(key, this::subsampled);
        return new PlannedLayer.Convolution(
                input, convolution.output(), shape.ofAllPixels(smaller), convolution.kernel(), convolution.bias());
    }

    /** A pooling whose window is a single pixel. */
    private String subsampled(Key key) {
        String output = key.input() + " by " + key.strides();
        Window window = new Window(ONE, key.strides(), Padding.VALID);
        layers.add(new PlannedLayer.Pooling(key.input(), output, window, false, NO_PADDING, key.shape()));
        return output;
    }
}
