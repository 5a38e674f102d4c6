package dev.resnet4j.formats.onnx;

import dev.resnet4j.formats.onnx.proto.GraphProto;
import dev.resnet4j.formats.onnx.proto.NodeProto;
import dev.resnet4j.formats.onnx.proto.TensorProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto.Dimension;
import dev.resnet4j.formats.onnx.proto.TypeProto;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph while it grows, operator by operator. What a layer gives has the layer's name; what lies between is named by
 * the layer and the operator: {@code conv1/Conv}.
 */
final class OnnxGraph {
    private static final String BATCH = "batch";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Names names = new Names();
    private final Weights weights;
    private final Map<StoredWeight, Value> storedWeights = new HashMap<>();
    private final Map<Value, String> valueNames = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private String layer = "";

    /** An operation, of which layer it is part, and what it gives. */
    private record Step(String layer, Operation operation, List<Value> outputs) {}

    /** A weight in a shape and an order of axes; stored once, however often its layer is called. */
    private record StoredWeight(WeightName name, Shape shape, List<Integer> axes) {}

    OnnxGraph(Weights weights) {
        this.weights = weights;
    }

    /** Keeps a name from being given to anything but the value that {@link #name} gives it to. */
    String reserve(String wanted) {
        return names.unique(wanted);
    }

    /** From now on operators belong to this layer. */
    void startLayer(String layerName) {
        layer = layerName;
    }

    /** An operation on 32-bit floats, and its output. */
    Value add(Operation operation, Shape outputShape) {
        return add(operation, DataType.FLOAT, outputShape);
    }

    Value add(Operation operation, DataType outputType, Shape outputShape) {
        Value output = new Value(outputType, outputShape);
        List<Value> outputs = new ArrayList<>(List.of(output));
        operation.unusedOutput().ifPresent(type -> outputs.add(new Value(type, outputShape)));
        steps.add(new Step(layer, operation, outputs));
        return output;
    }

    /** An operation that keeps the shape of its first input. */
    Value addElementwise(Operation operation) {
        return add(operation, operation.inputs().get(0).shape());
    }

    /** A single number, which broadcasts. */
    Value number(String what, double number) {
        return constant(what, new NdArray(Shape.of(), new float[] {(float) number}));
    }

    /** Numbers that are no weight of the model. */
    Value constant(String what, NdArray array) {
        return store(Tensors.reals(names.unique(layer + "/" + what), array));
    }

    /** Whole numbers: a shape, sizes of padding. */
    Value integers(String what, long... integers) {
        return store(Tensors.integers(names.unique(layer + "/" + what), Shape.of(integers.length), integers));
    }

    /** A single whole number, without an axis. */
    Value integer(String what, long integer) {
        return store(Tensors.integers(names.unique(layer + "/" + what), Shape.of(), integer));
    }

    /** In the place of an input that an operator can do without. */
    Value absent() {
        Value absent = new Value(DataType.UNDEFINED, Shape.of());
        valueNames.put(absent, "");
        return absent;
    }

    /** A weight of the model as it is. */
    Value weight(String layerName, String weight) {
        Shape shape = weights.get(layerName, weight).shape();
        return weight(layerName, weight, shape, IntStream.range(0, shape.rank()).toArray());
    }

    /**
     * A weight of the model in another order of axes and another shape.
     *
     * @param layerName of the layer whose weight it is
     * @param axes which of its axes comes first, second and so on, as NumPy's {@code transpose} takes them
     */
    Value weight(String layerName, String weight, Shape shape, int... axes) {
        StoredWeight key = new StoredWeight(
                new WeightName(layerName, weight),
                shape,
                IntStream.of(axes).boxed().toList());
        return storedWeights.computeIfAbsent(
                key,
                absent -> store(Tensors.reals(
                        names.unique(absent.name().toString()), weights.get(layerName, weight), shape, axes)));
    }

    /** The numbers of a weight, for what is calculated from them. */
    NdArray numbers(String layerName, String weight) {
        return weights.get(layerName, weight);
    }

    private Value store(TensorProto tensor) {
        graph.addInitializer(tensor);
        List<Integer> shape =
                tensor.getDimsList().stream().map(Math::toIntExact).toList();
        Value value = new Value(DataType.forNumber(tensor.getDataType()), new Shape(shape));
        valueNames.put(value, tensor.getName());
        return value;
    }

    /** Where the graph begins. */
    Value input(String reservedName, DataType type, Shape shape) {
        Value input = new Value(type, shape);
        valueNames.put(input, reservedName);
        graph.addInput(valueInfo(input));
        return input;
    }

    /** Gives a value a name that was reserved; one that has a name keeps it. */
    void name(Value value, String reservedName) {
        valueNames.putIfAbsent(value, reservedName);
    }

    /** Whether the value already goes by a name: it is an input, or another layer's output. */
    boolean isNamed(Value value) {
        return valueNames.containsKey(value);
    }

    /** The whole graph. */
    GraphProto build(String graphName, Value output) {
        for (Step step : steps) {
            step.outputs().forEach(value -> nameByOperation(step, value));
            graph.addNode(node(step));
            step.outputs().stream()
                    .filter(value -> value != output)
                    .map(this::valueInfo)
                    .forEach(graph::addValueInfo);
        }
        return graph.setName(graphName).addOutput(valueInfo(output)).build();
    }

    private void nameByOperation(Step step, Value value) {
        String wanted = step.layer() + "/" + step.operation().type();
        valueNames.computeIfAbsent(value, unnamed -> names.unique(wanted));
    }

    private NodeProto node(Step step) {
        Operation operation = step.operation();
        List<String> outputs = step.outputs().stream().map(valueNames::get).toList();
        return NodeProto.newBuilder()
                .setName(outputs.get(0))
                .setOpType(operation.type())
                .addAllInput(operation.inputs().stream().map(valueNames::get).toList())
                .addAllOutput(outputs)
                .addAllAttribute(operation.attributes())
                .build();
    }

    private ValueInfoProto valueInfo(Value value) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
        value.shape()
                .dimensions()
                .forEach(size -> shape.addDim(Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(valueNames.get(value))
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(value.type().getNumber())
                                .setShape(shape)))
                .build();
    }
}
