package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.tensor.Shape;

/** Feature maps between Keras's order of axes and ONNX's; other values as they are. */
record Transposition(OnnxGraph graph) {
    /** From (batch, height, width, channels) to (batch, channels, height, width). */
    Value toOnnx(Value keras) {
        return transpose(keras, Layouts.onnxShape(keras.shape()), 0, 3, 1, 2);
    }

    /** From (batch, channels, height, width) to (batch, height, width, channels). */
    Value toKeras(Value onnx) {
        return transpose(onnx, Layouts.kerasShape(onnx.shape()), 0, 2, 3, 1);
    }

    private Value transpose(Value x, Shape shape, int... axes) {
        return x.isFeatureMap() ? graph.add(new Operation("Transpose", x).integers("perm", axes), x.type(), shape) : x;
    }
}
