package dev.resnet4j.formats.onnx;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;

/** {@link Preprocessing} as operators, step by step as it calculates itself. */
record PreprocessingOperations(OnnxGraph graph) {
    private static final int COLOURS = 3;

    /**
     * @param pixels from 0 to 255, floats or bytes
     * @return the numbers that the network takes
     * @throws FormatException if the preprocessing is for three channels and the pictures have another number
     */
    Value apply(Preprocessing preprocessing, Value pixels) {
        Value numbers = asFloats(pixels);
        return switch (preprocessing) {
            case RAW -> numbers;
            case UNIT -> divide(numbers, scale(255));
            case TF -> subtract(divide(numbers, scale(127.5)), graph.number("offset", 1));
            case CAFFE ->
                subtract(
                        turnedRound(requireColours(preprocessing, numbers)),
                        perChannel("mean", numbers, 103.939f, 116.779f, 123.68f));
            case TORCH ->
                divide(
                        subtract(
                                divide(requireColours(preprocessing, numbers), scale(255)),
                                perChannel("mean", numbers, 0.485f, 0.456f, 0.406f)),
                        perChannel("deviation", numbers, 0.229f, 0.224f, 0.225f));
        };
    }

    private Value asFloats(Value pixels) {
        return pixels.type() == DataType.FLOAT
                ? pixels
                : graph.addElementwise(new Operation("Cast", pixels).integer("to", DataType.FLOAT.getNumber()));
    }

    private static Value requireColours(Preprocessing preprocessing, Value numbers) {
        if (!numbers.isFeatureMap() || numbers.shape().dimension(0) != COLOURS) {
            throw new FormatException(
                    "preprocessing",
                    "'" + preprocessing + "' is for pictures with 3 channels, but the network takes "
                            + Layouts.kerasShape(numbers.shape()).sizeText(),
                    "leave the preprocessing out of the graph");
        }
        return numbers;
    }

    private Value turnedRound(Value numbers) {
        Value order = graph.integers("channels", 2, 1, 0);
        return graph.addElementwise(new Operation("Gather", numbers, order).integer("axis", 1));
    }

    private Value scale(double divisor) {
        return graph.number("scale", divisor);
    }

    private Value perChannel(String what, Value numbers, float... values) {
        return graph.constant(what, Layouts.perChannel(numbers, values));
    }

    private Value divide(Value x, Value divisor) {
        return graph.addElementwise(new Operation("Div", x, divisor));
    }

    private Value subtract(Value x, Value offset) {
        return graph.addElementwise(new Operation("Sub", x, offset));
    }
}
