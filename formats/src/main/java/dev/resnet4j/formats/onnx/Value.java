package dev.resnet4j.formats.onnx;

import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.model.tensor.Shape;

/**
 * What passes between operators: an input of the graph, an operator's output, or a constant. Two of them are the same
 * only if they are the same object; {@link OnnxGraph} gives them their names.
 *
 * <p>Between layers, feature maps stand as (batch, channels, height, width), as ONNX's operators take them, and all other
 * arrays as in Keras.
 */
final class Value {
    private final DataType type;
    private final Shape shape;

    /** @param shape in ONNX's order, without the batch axis; a constant's whole shape */
    Value(DataType type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    DataType type() {
        return type;
    }

    Shape shape() {
        return shape;
    }

    /** Whether the shape is (channels, height, width). */
    boolean isFeatureMap() {
        return shape.rank() == 3;
    }

    /** Where Keras's last axis stands, the batch axis being 0. */
    int channelAxis() {
        return Layouts.onnxAxis(-1, shape.rank());
    }

    /** How many numbers Keras's last axis has. */
    int channels() {
        return shape.dimension(channelAxis() - 1);
    }

    int height() {
        return shape.dimension(1);
    }

    int width() {
        return shape.dimension(2);
    }
}
