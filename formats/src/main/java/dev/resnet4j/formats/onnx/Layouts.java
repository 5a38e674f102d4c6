package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.tensor.NdArray;
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
     * @param kerasAxis the batch axis being 0; or from -1 backwards
     * @param rank of the shape without the batch axis
     */
    static int onnxAxis(int kerasAxis, int rank) {
        int axis = kerasAxis < 0 ? kerasAxis + rank + 1 : kerasAxis;
        return rank == FEATURE_MAP_RANK ? List.of(0, 2, 3, 1).get(axis) : axis;
    }

    /** Which of Keras's axes stands at a place in ONNX's order; {@link #onnxAxis} back. */
    static int kerasAxis(int onnxAxis, int rank) {
        return rank == FEATURE_MAP_RANK ? List.of(0, 3, 1, 2).get(onnxAxis) : onnxAxis;
    }

    /** One number for each channel of a value, in a shape that stretches along its other axes. */
    static NdArray perChannel(Value value, float... numbers) {
        return new NdArray(perChannel(value), numbers);
    }

    /** The shape of one number for each channel of a value. */
    static Shape perChannel(Value value) {
        return value.isFeatureMap() ? Shape.of(value.channels(), 1, 1) : Shape.of(value.channels());
    }
}
