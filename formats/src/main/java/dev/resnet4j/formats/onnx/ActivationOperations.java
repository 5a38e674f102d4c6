package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.ActivationFunction;

/** Activation functions as operators. */
final class ActivationOperations {
    private final OnnxGraph graph;

    ActivationOperations(OnnxGraph graph) {
        this.graph = graph;
    }

    Value apply(ActivationFunction function, Value x) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> elementwise("Relu", x);
            case SOFTMAX -> graph.add(new Operation("Softmax", x).integer("axis", x.channelAxis()), x.shape());
            case SIGMOID -> elementwise("Sigmoid", x);
            case TANH -> elementwise("Tanh", x);
        };
    }

    private Value elementwise(String operator, Value x) {
        return graph.add(new Operation(operator, x), x.shape());
    }
}
