package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/** Keras's order of axes and ONNX's: they differ for feature maps alone, arrays of three axes beside the batch's. */
final class Layouts {
    private static final int FEATURE_MAP_RANK = 3;

    private Layouts() {}

    /** (height, width, channels) as (channels, height, width); other shapes as they are. */
    static Shape onnxShape(Shape keras) {
        return keras.rank() == FEATURE_MAP_RANK ? Shape.of(keras.channels(), keras.height(), keras.width()) : keras;
    }

    /** (channels, height, width) as (height, width, channels); other shapes as they are. */
    static Shape kerasShape(Shape onnx) {
        return onnx.rank() == FEATURE_MAP_RANK
                ? Shape.of(onnx.dimension(1), onnx.dimension(2), onnx.dimension(0))
                : onnx;
    }

    /**
     * Where an axis of Keras's stands in ONNX's order.
     *
     * @param kerasAxis the batch axis being 0
     * @param rank of the shape without the batch axis
     */
    static int onnxAxis(int kerasAxis, int rank) {
        return rank == FEATURE_MAP_RANK ? List.of(0, 2, 3, 1).get(kerasAxis) : kerasAxis;
    }
}
