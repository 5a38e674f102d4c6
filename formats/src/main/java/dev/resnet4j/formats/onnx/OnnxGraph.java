package dev.resnet4j.formats.onnx;

import dev.resnet4j.formats.onnx.proto.GraphProto;
import dev.resnet4j.formats.onnx.proto.NodeProto;
import dev.resnet4j.formats.onnx.proto.TensorProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto.Dimension;
import dev.resnet4j.formats.onnx.proto.TypeProto;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.network.WeightName;
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
    private record Step(String layer, Operation operation, Value output) {}

    /** A weight with its axes in an order; stored once, however many layers share it. */
    private record StoredWeight(WeightName name, List<Integer> axes) {}

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
        steps.add(new Step(layer, operation, output));
        return output;
    }

    /** The value of a number, which broadcasts. */
    Value number(String what, double number) {
        return constant(what, new NdArray(Shape.of(), new float[] {(float) number}));
    }

    Value constant(String what, NdArray array) {
        String name = names.unique(layer + "/" + what);
        return store(Tensors.reals(
                name, array, IntStream.range(0, array.shape().rank()).toArray()));
    }

    Value integers(String what, long... integers) {
        return store(Tensors.integers(names.unique(layer + "/" + what), integers));
    }

    /**
     * A weight of the model.
     *
     * @param layerName of the layer whose weight it is
     * @param axes the order of its axes, as NumPy's {@code transpose} takes them
     */
    Value weight(String layerName, String weight, int... axes) {
        StoredWeight key = new StoredWeight(
                new WeightName(layerName, weight), IntStream.of(axes).boxed().toList());
        return storedWeights.computeIfAbsent(
                key,
                absent -> store(
                        Tensors.reals(names.unique(absent.name().toString()), weights.get(layerName, weight), axes)));
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
            valueNames.computeIfAbsent(
                    step.output(),
                    unnamed ->
                            names.unique(step.layer() + "/" + step.operation().type()));
            graph.addNode(node(step));
            if (step.output() != output) {
                graph.addValueInfo(valueInfo(step.output()));
            }
        }
        return graph.setName(graphName).addOutput(valueInfo(output)).build();
    }

    private NodeProto node(Step step) {
        Operation operation = step.operation();
        return NodeProto.newBuilder()
                .setName(valueNames.get(step.output()))
                .setOpType(operation.type())
                .addAllInput(operation.inputs().stream().map(valueNames::get).toList())
                .addOutput(valueNames.get(step.output()))
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
