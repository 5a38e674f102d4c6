package dev.resnet4j.formats.onnx;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.onnx.OnnxOptions.Input;
import dev.resnet4j.formats.onnx.OnnxOptions.Layout;
import dev.resnet4j.formats.onnx.proto.GraphProto;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.formats.onnx.proto.OperatorSetIdProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model as ONNX's message: the way in, layer by layer, and the way out. */
final class ModelMessage {
    /** Of 2022: old enough for every runtime that is kept up, new enough for LayerNormalization. */
    private static final int OPERATOR_SET = 17;
    /** The version of the file format that came with it. */
    private static final int IR_VERSION = 8;

    private final SavedModel model;
    private final Network network;
    private final OnnxOptions options;
    private final OnnxGraph graph;
    /** Each layer's name in the graph. */
    private final Map<String, String> names = new HashMap<>();

    private ModelMessage(SavedModel model, OnnxOptions options) {
        this.model = model;
        this.network = model.network().flattened();
        this.options = options;
        this.graph = new OnnxGraph(model.weights());
    }

    /** @throws dev.resnet4j.formats.FormatException if the preprocessing does not fit the network's input */
    static ModelProto of(SavedModel model, OnnxOptions options) {
        return new ModelMessage(model, options).build();
    }

    private ModelProto build() {
        Metadata metadata = new Metadata(model, options);
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setProducerName("resnet4j")
                .setProducerVersion(version())
                .setDocString(metadata.description())
                .addAllMetadataProps(metadata.properties())
                .setGraph(graph())
                .build();
    }

    private static String version() {
        String version = ModelMessage.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private GraphProto graph() {
        network.nodes().forEach(node -> names.put(node.name(), graph.reserve(node.name())));
        Map<String, Value> outputs = new HashMap<>();
        for (Node node : network.nodes()) {
            graph.startLayer(names.get(node.name()));
            List<Value> inputs = node.inputs().stream().map(outputs::get).toList();
            outputs.put(node.name(), inputs.isEmpty() ? entry(node) : layer(node, inputs));
        }
        return graph.build(network.name(), exit(outputs.get(network.output().name())));
    }

    /** From the array that the caller gives to the numbers that the network takes. */
    private Value entry(Node node) {
        Shape shape = node.outputShape();
        boolean kerasOrder = options.layout() == Layout.NHWC;
        DataType type = options.input() == Input.BYTE_PIXELS ? DataType.UINT8 : DataType.FLOAT;
        Value given = graph.input(names.get(node.name()), type, kerasOrder ? shape : Layouts.onnxShape(shape));
        Value pixels = kerasOrder ? new Transposition(graph).toOnnx(given) : given;
        if (options.input() == Input.PREPROCESSED) {
            return pixels;
        }
        Preprocessing preprocessing = Preprocessing.parse(model.facts().preprocessing());
        return new PreprocessingOperations(graph).apply(preprocessing, pixels);
    }

    private Value layer(Node node, List<Value> inputs) {
        boolean last = node.equals(network.output());
        boolean withoutSoftmax = last && !options.softmax();
        Value output = node.layer().accept(new LayerOperations(graph, inputs, node.outputShape(), withoutSoftmax));
        if (!last) {
            graph.name(output, names.get(node.name()));
        }
        return output;
    }

    /** From the last layer's output to the array that the caller gets, which has that layer's name. */
    private Value exit(Value last) {
        String layerName = names.get(network.output().name());
        boolean inputIsOutput = network.nodes().size() == 1;
        Value ordered = options.layout() == Layout.NHWC ? new Transposition(graph).toKeras(last) : last;
        Value output =
                graph.isNamed(ordered) ? graph.add(new Operation("Identity", ordered), ordered.shape()) : ordered;
        graph.name(output, inputIsOutput ? graph.reserve(layerName + "/output") : layerName);
        return output;
    }
}
