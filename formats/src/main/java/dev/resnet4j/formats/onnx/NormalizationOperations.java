package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Layers that shift and scale, as operators. */
record NormalizationOperations(OnnxGraph graph) {
    /** What Keras takes for a deviation of nothing. */
    private static final double SMALLEST_DEVIATION = 1e-7;

    Value normalize(BatchNormalization layer, Value x) {
        Transposition transposition = new Transposition(graph);
        Shape channels = Shape.of(x.channels());
        Value normalized = graph.addElementwise(new Operation(
                        "BatchNormalization",
                        transposition.channelsFirst(x),
                        layer.scale() ? graph.weight(layer.name(), "gamma") : filled("ones", channels, 1),
                        layer.center() ? graph.weight(layer.name(), "beta") : filled("zeros", channels, 0),
                        graph.weight(layer.name(), "moving_mean"),
                        graph.weight(layer.name(), "moving_variance"))
                .real("epsilon", layer.epsilon()));
        return transposition.channelsAsIn(x, normalized);
    }

    /** The operator normalises the last axes, so feature maps take Keras's order for it. */
    Value normalize(LayerNormalization layer, Value x) {
        Transposition transposition = new Transposition(graph);
        Value keras = transposition.toKeras(x);
        List<Integer> sizes = keras.shape().dimensions();
        Shape last = new Shape(sizes.subList(sizes.size() - layer.axes(), sizes.size()));
        Value normalized = graph.addElementwise(new Operation(
                        "LayerNormalization",
                        keras,
                        layer.scale() ? graph.weight(layer.name(), "gamma") : filled("ones", last, 1),
                        layer.center() ? graph.weight(layer.name(), "beta") : filled("zeros", last, 0))
                .integer("axis", -layer.axes())
                .real("epsilon", layer.epsilon()));
        return transposition.toOnnx(normalized);
    }

    /**
     * Each group as one long channel of an instance normalisation. ONNX's own GroupNormalization has gamma and beta for
     * each channel only from operator set 21 on.
     */
    Value normalize(GroupNormalization layer, Value x) {
        Transposition transposition = new Transposition(graph);
        Value channelsFirst = transposition.channelsFirst(x);
        Shape whole = channelsFirst.shape();
        int groups = layer.groupsOf(x.channels());
        Shape grouped = Shape.of(groups, Math.toIntExact(whole.elements() / groups));
        Value normalized = graph.addElementwise(new Operation(
                        "InstanceNormalization",
                        reshape(channelsFirst, grouped),
                        filled("ones", Shape.of(groups), 1),
                        filled("zeros", Shape.of(groups), 0))
                .real("epsilon", layer.epsilon()));
        Value result = transposition.channelsAsIn(x, reshape(normalized, whole));
        if (layer.scale()) {
            result = elementwise("Mul", result, perChannel(layer.name(), "gamma", x));
        }
        return layer.center() ? elementwise("Add", result, perChannel(layer.name(), "beta", x)) : result;
    }

    private Value reshape(Value x, Shape shape) {
        return new ShapeOperations(graph).reshape(x, shape);
    }

    private Value perChannel(String layerName, String weight, Value x) {
        return graph.weight(layerName, weight, Layouts.perChannel(x), 0);
    }

    Value normalize(Normalization layer, Value x) {
        boolean given = !layer.mean().isEmpty();
        double[] mean = given ? numbers(layer.mean()) : numbers(graph.numbers(layer.name(), "mean"));
        double[] deviation = given ? numbers(layer.variance()) : numbers(graph.numbers(layer.name(), "variance"));
        for (int index = 0; index < deviation.length; index++) {
            deviation[index] = Math.max(Math.sqrt(deviation[index]), SMALLEST_DEVIATION);
        }
        Value offset = constant("mean", x, mean);
        Value scale = constant("deviation", x, deviation);
        return layer.invert()
                ? elementwise("Add", elementwise("Mul", x, scale), offset)
                : elementwise("Div", elementwise("Sub", x, offset), scale);
    }

    Value rescale(Rescaling layer, Value x) {
        Value scaled = elementwise("Mul", x, constant("scale", x, numbers(layer.scale())));
        return elementwise("Add", scaled, constant("offset", x, numbers(layer.offset())));
    }

    private static double[] numbers(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] numbers(NdArray array) {
        double[] numbers = new double[array.values().length];
        Arrays.setAll(numbers, index -> array.values()[index]);
        return numbers;
    }

    /** One number for all, or one a channel. */
    private Value constant(String what, Value x, double... numbers) {
        if (numbers.length == 1) {
            return graph.number(what, numbers[0]);
        }
        float[] values = new float[numbers.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) numbers[index];
        }
        return graph.constant(what, Layouts.perChannel(x, values));
    }

    private Value filled(String what, Shape shape, float number) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        Arrays.fill(values, number);
        return graph.constant(what, new NdArray(shape, values));
    }

    private Value elementwise(String operator, Value x, Value y) {
        return graph.addElementwise(new Operation(operator, x, y));
    }
}
