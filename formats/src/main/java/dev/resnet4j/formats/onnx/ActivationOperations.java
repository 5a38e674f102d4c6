package dev.resnet4j.formats.onnx;

import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/** Activation functions as operators. */
record ActivationOperations(OnnxGraph graph) {
    Value apply(ActivationFunction function, Value x) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> add("Relu", x);
            case SOFTMAX -> add(new Operation("Softmax", x).integer("axis", x.channelAxis()));
            case SIGMOID -> add("Sigmoid", x);
            case TANH -> add("Tanh", x);
            case RELU6 -> clip(x, 0, 6);
            case LEAKY_RELU -> leakyRelu(x, 0.2);
            case ELU, CELU -> elu(x, 1);
            case SELU -> add("Selu", x);
            case GELU -> gelu(x);
            case SILU -> multiply(x, add("Sigmoid", x));
            case MISH -> multiply(x, add("Tanh", add("Softplus", x)));
            case SOFTPLUS -> add("Softplus", x);
            case SOFTSIGN -> add("Softsign", x);
            case EXPONENTIAL -> add("Exp", x);
            case HARD_SIGMOID -> hardSigmoid(x, 1.0 / 6, 0.5);
            case HARD_SIGMOID_KERAS_2 -> hardSigmoid(x, 0.2, 0.5);
            case HARD_SILU -> add("HardSwish", x);
            case HARD_TANH -> clip(x, -1, 1);
            case LOG_SIGMOID -> add("Neg", add("Softplus", add("Neg", x)));
            case LOG_SOFTMAX -> add(new Operation("LogSoftmax", x).integer("axis", x.channelAxis()));
            case SOFT_SHRINK -> shrink(x, 0.5, 0.5);
            case HARD_SHRINK -> shrink(x, 0.5, 0);
            case TANH_SHRINK -> subtract(x, add("Tanh", x));
            case THRESHOLD -> add(new Operation("ThresholdedRelu", x).real("alpha", 1));
            case SQUAREPLUS -> squareplus(x);
            case SPARSE_PLUS -> sparsePlus(x);
            case SPARSE_SIGMOID -> hardSigmoid(x, 0.5, 0.5);
            case SPARSEMAX -> sparsemax(x);
        };
    }

    /** The layer with its options; most networks need one operator of it. */
    Value apply(ReLU layer, Value x) {
        boolean unbounded = Double.isInfinite(layer.maxValue());
        if (layer.threshold() > 0) {
            return withThreshold(layer, x);
        }
        if (layer.negativeSlope() > 0) {
            Value risen = leakyRelu(x, layer.negativeSlope());
            return unbounded ? risen : add(new Operation("Min", risen, graph.number("max", layer.maxValue())));
        }
        return unbounded ? add("Relu", x) : clip(x, 0, layer.maxValue());
    }

    private Value withThreshold(ReLU layer, Value x) {
        Value threshold = graph.number("threshold", layer.threshold());
        Value above = graph.add(new Operation("Greater", x, threshold), DataType.BOOL, x.shape());
        Value high = Double.isInfinite(layer.maxValue())
                ? x
                : add(new Operation("Min", x, graph.number("max", layer.maxValue())));
        Value low = multiply(subtract(x, threshold), graph.number("slope", layer.negativeSlope()));
        return graph.add(new Operation("Where", above, high, low), x.shape());
    }

    Value leakyRelu(Value x, double slope) {
        return add(new Operation("LeakyRelu", x).real("alpha", slope));
    }

    Value elu(Value x, double alpha) {
        return add(new Operation("Elu", x).real("alpha", alpha));
    }

    /** Alpha has the input's shape, or 1 at axes where one serves for all. */
    Value parametricRelu(PReLU layer, Value x) {
        Value alpha = x.isFeatureMap()
                ? graph.weight(layer.name(), "alpha", alphaShape(layer, x), 2, 0, 1)
                : graph.weight(layer.name(), "alpha");
        return add(new Operation("PRelu", x, alpha));
    }

    private static Shape alphaShape(PReLU layer, Value x) {
        Shape keras =
                layer.weights(List.of(Layouts.kerasShape(x.shape()))).get(0).shape();
        return Layouts.onnxShape(keras);
    }

    private Value hardSigmoid(Value x, double alpha, double beta) {
        return add(new Operation("HardSigmoid", x).real("alpha", alpha).real("beta", beta));
    }

    private Value shrink(Value x, double threshold, double bias) {
        return add(new Operation("Shrink", x).real("lambd", threshold).real("bias", bias));
    }

    private Value clip(Value x, double min, double max) {
        return add(new Operation("Clip", x, graph.number("min", min), graph.number("max", max)));
    }

    /** x * (1 + erf(x / sqrt(2))) / 2. */
    private Value gelu(Value x) {
        Value error = add("Erf", multiply(x, graph.number("root", Math.sqrt(0.5))));
        return multiply(multiply(x, plus(error, 1)), graph.number("half", 0.5));
    }

    /** (x + sqrt(x^2 + 4)) / 2. */
    private Value squareplus(Value x) {
        Value root = add("Sqrt", plus(multiply(x, x), 4));
        return multiply(add(new Operation("Add", x, root)), graph.number("half", 0.5));
    }

    /** The parabola between -1 and 1, and what lies above 1 on top. */
    private Value sparsePlus(Value x) {
        Value rise = plus(clip(x, -1, 1), 1);
        Value parabola = multiply(multiply(rise, rise), graph.number("quarter", 0.25));
        return add(new Operation("Add", parabola, add("Relu", plus(x, -1))));
    }

    /**
     * relu(x - tau), where tau is such that the results add up to 1: of the numbers in falling order the first k are
     * above it, as long as 1 + k * (the k-th) is more than their sum (Martins and Astudillo 2016, algorithm 1).
     */
    private Value sparsemax(Value x) {
        int axis = x.channelAxis();
        Value falling = add(new Operation("TopK", x, graph.integers("length", x.channels()))
                .integer("axis", axis)
                .unusedOutput(DataType.INT64));
        Value sums = add(new Operation("CumSum", falling, graph.integer("axis", axis)));
        Value bound = plus(multiply(falling, ranks(x)), 1);
        Value inside = graph.add(new Operation("Greater", bound, sums), DataType.BOOL, x.shape());
        Value counted = add(new Operation("Cast", inside).integer("to", DataType.FLOAT.getNumber()));
        Value excess = plus(sum(multiply(falling, counted)), -1);
        Value tau = graph.addElementwise(new Operation("Div", excess, sum(counted)));
        return add("Relu", subtract(x, tau));
    }

    /** 1, 2, 3 and so on along the channels. */
    private Value ranks(Value x) {
        float[] ranks = new float[x.channels()];
        for (int index = 0; index < ranks.length; index++) {
            ranks[index] = index + 1;
        }
        return graph.constant("ranks", Layouts.perChannel(x, ranks));
    }

    private Value sum(Value x) {
        int[] sizes =
                x.shape().dimensions().stream().mapToInt(Integer::intValue).toArray();
        sizes[x.channelAxis() - 1] = 1;
        Value axes = graph.integers("axes", x.channelAxis());
        return graph.add(new Operation("ReduceSum", x, axes).integer("keepdims", 1), Shape.of(sizes));
    }

    private Value plus(Value x, double number) {
        return add(new Operation("Add", x, graph.number("offset", number)));
    }

    private Value subtract(Value x, Value y) {
        return add(new Operation("Sub", x, y));
    }

    private Value multiply(Value x, Value y) {
        return add(new Operation("Mul", x, y));
    }

    private Value add(String operator, Value x) {
        return add(new Operation(operator, x));
    }

    private Value add(Operation operation) {
        return graph.addElementwise(operation);
    }
}
