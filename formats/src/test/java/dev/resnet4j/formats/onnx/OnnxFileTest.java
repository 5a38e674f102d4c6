package dev.resnet4j.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.onnx.OnnxOptions.Input;
import dev.resnet4j.formats.onnx.OnnxOptions.Layout;
import dev.resnet4j.formats.onnx.proto.AttributeProto;
import dev.resnet4j.formats.onnx.proto.GraphProto;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.formats.onnx.proto.NodeProto;
import dev.resnet4j.formats.onnx.proto.StringStringEntryProto;
import dev.resnet4j.formats.onnx.proto.TensorProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto.Dimension;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxFileTest {
    private static final Shape PICTURE = Shape.of(6, 5, 3);

    @TempDir
    private Path folder;

    private static Network network(Shape input, Layer... layers) {
        SymbolicTensor given = SymbolicTensor.input(input);
        SymbolicTensor x = given;
        for (Layer layer : layers) {
            x = layer.apply(x);
        }
        return Network.of("net", given, x);
    }

    private static SavedModel model(Network network) {
        return new SavedModel(network, Weights.initialize(network));
    }

    private ModelProto write(Network network, OnnxOptions options) throws IOException {
        return write(model(network), options);
    }

    private ModelProto write(SavedModel model, OnnxOptions options) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxFile.write(model, file, options);
        return ModelProto.parseFrom(Files.readAllBytes(file));
    }

    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    private static NodeProto node(ModelProto model, String name) {
        return model.getGraph().getNodeList().stream()
                .filter(node -> node.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TensorProto initializer(ModelProto model, String name) {
        return model.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> integers(NodeProto node, String attribute) {
        return node.getAttributeList().stream()
                .filter(candidate -> candidate.getName().equals(attribute))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> sizes(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(size -> size.getValueCase() == Dimension.ValueCase.DIM_PARAM
                        ? size.getDimParam()
                        : String.valueOf(size.getDimValue()))
                .toList();
    }

    private static float[] numbers(ByteString raw) {
        float[] numbers = new float[raw.size() / Float.BYTES];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }

    /** What ONNX's checker asks of names: given once, and before they are taken. */
    private static void requireRules(ModelProto model) {
        GraphProto graph = model.getGraph();
        Set<String> known = new HashSet<>();
        graph.getInputList()
                .forEach(input -> assertThat(known.add(input.getName())).isTrue());
        graph.getInitializerList().forEach(tensor -> {
            assertThat(known.add(tensor.getName())).as(tensor.getName()).isTrue();
            long elements = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
            int bytes = tensor.getDataType() == DataType.INT64.getNumber() ? Long.BYTES : Float.BYTES;
            assertThat(tensor.getRawData().size()).isEqualTo((int) elements * bytes);
        });
        Set<String> nodeNames = new HashSet<>();
        List<String> produced = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            assertThat(nodeNames.add(node.getName())).as(node.getName()).isTrue();
            assertThat(node.getInputList())
                    .allMatch(input -> input.isEmpty() || known.contains(input), "defined before " + node.getName());
            node.getOutputList().forEach(output -> {
                assertThat(output).isNotEmpty();
                assertThat(known.add(output)).as(output).isTrue();
                produced.add(output);
            });
        }
        List<String> described = Stream.concat(graph.getValueInfoList().stream(), graph.getOutputList().stream())
                .map(ValueInfoProto::getName)
                .toList();
        assertThat(described).containsExactlyInAnyOrderElementsOf(produced);
    }

    @Test
    void writesResNet50AsOneOperatorALayer() throws IOException {
        Network network = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

        ModelProto model = write(network, OnnxOptions.DEFAULT);

        requireRules(model);
        assertThat(operators(model).stream().distinct())
                .containsExactlyInAnyOrder(
                        "Transpose",
                        "Pad",
                        "Conv",
                        "BatchNormalization",
                        "Relu",
                        "MaxPool",
                        "Add",
                        "AveragePool",
                        "Flatten",
                        "Gemm",
                        "Softmax");
        assertThat(operators(model)).filteredOn("Conv"::equals).hasSize(53);
        assertThat(operators(model)).filteredOn("Transpose"::equals).hasSize(2);
        long weights = network.parameters() * Float.BYTES;
        assertThat((long) model.getSerializedSize()).isBetween(weights, weights + 100_000);
    }

    @Test
    void saysWhatTheFileIs() throws IOException {
        TrainingFacts facts = new TrainingFacts("tf", List.of("a", "b"), History.EMPTY, Map.of());
        Network network = network(PICTURE, new GlobalAveragePooling2D(), new Dense(2));

        ModelProto model = write(model(network).withFacts(facts), OnnxOptions.DEFAULT);

        assertThat(model.getIrVersion()).isEqualTo(8);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(model.getProducerName()).isEqualTo("resnet4j");
        assertThat(model.getProducerVersion()).isNotEmpty();
        assertThat(model.getDocString()).contains("net", "6x5x3", "'tf'", "NHWC");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        assertThat(metadata)
                .containsOnly(
                        Map.entry("preprocessing", "tf"),
                        Map.entry("preprocessing_in_graph", "false"),
                        Map.entry("input_size", "6x5x3"),
                        Map.entry("input_layout", "NHWC"),
                        Map.entry("class_names", "[\"a\",\"b\"]"));
    }

    @Test
    void leavesTheBatchFreeAndEntersAndLeavesInKerassOrder() throws IOException {
        ModelProto model = write(network(PICTURE, new Conv2D(4, 3).withName("conv")), OnnxOptions.DEFAULT);

        assertThat(sizes(model.getGraph().getInput(0))).containsExactly("batch", "6", "5", "3");
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("conv");
        assertThat(sizes(model.getGraph().getOutput(0))).containsExactly("batch", "4", "3", "4");
        assertThat(operators(model)).containsExactly("Transpose", "Conv", "Transpose");
    }

    @Test
    void entersAndLeavesChannelsFirst() throws IOException {
        ModelProto model = write(network(PICTURE, new Conv2D(4, 3)), OnnxOptions.DEFAULT.withLayout(Layout.NCHW));

        assertThat(sizes(model.getGraph().getInput(0))).containsExactly("batch", "3", "6", "5");
        assertThat(sizes(model.getGraph().getOutput(0))).containsExactly("batch", "4", "4", "3");
        assertThat(operators(model)).containsExactly("Conv");
    }

    @Test
    void writesKernelsInOnnxsOrderBitForBit() throws IOException {
        Network network = network(PICTURE, new Conv2D(2, 3).withName("conv"));
        Weights weights = Weights.initialize(network);

        TensorProto kernel = initializer(write(new SavedModel(network, weights), OnnxOptions.DEFAULT), "conv/kernel");

        NdArray keras = weights.get("conv", "kernel");
        assertThat(kernel.getDimsList()).containsExactly(2L, 3L, 3L, 3L);
        float[] numbers = numbers(kernel.getRawData());
        int index = 0;
        for (int filter = 0; filter < 2; filter++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int row = 0; row < 3; row++) {
                    for (int column = 0; column < 3; column++) {
                        assertThat(numbers[index++]).isEqualTo(keras.get(row, column, channel, filter));
                    }
                }
            }
        }
    }

    @Test
    void padsInNumbersWithTheOddPixelAtTheEnd() throws IOException {
        ModelProto model = write(
                network(
                        Shape.of(6, 7, 3),
                        new Conv2D(4, 3)
                                .withStrides(2)
                                .withPadding(Padding.SAME)
                                .withName("conv"),
                        new AveragePooling2D(2).withPadding(Padding.SAME).withName("pool")),
                OnnxOptions.DEFAULT.withLayout(Layout.NCHW));

        assertThat(integers(node(model, "conv"), "pads")).containsExactly(0L, 1L, 1L, 1L);
        assertThat(integers(node(model, "pool"), "pads")).containsExactly(0L, 0L, 1L, 0L);
    }

    @Test
    void leavesOutWhatWorksInTrainingAlone() throws IOException {
        ModelProto model = write(
                network(Shape.of(4), new Dropout(0.5), new Dense(3), new GaussianNoise("", 1), new Dropout(0.1)),
                OnnxOptions.DEFAULT);

        requireRules(model);
        assertThat(operators(model)).containsExactly("Gemm", "Identity");
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("dropout_1");
    }

    @Test
    void givesLogitsFromEveryKindOfLastSoftmax() throws IOException {
        for (Layer last : List.of(
                new Dense(3).withActivation(ActivationFunction.SOFTMAX),
                new Activation(ActivationFunction.SOFTMAX),
                new Softmax())) {
            Network network = network(Shape.of(4), new Dense(3), last);

            assertThat(operators(write(network, OnnxOptions.DEFAULT))).contains("Softmax");
            ModelProto logits = write(network, OnnxOptions.DEFAULT.withSoftmax(false));
            requireRules(logits);
            assertThat(operators(logits)).doesNotContain("Softmax");
        }
    }

    @Test
    void keepsASoftmaxThatIsNotTheLast() throws IOException {
        Network network = network(Shape.of(4), new Activation(ActivationFunction.SOFTMAX), new Dense(3));

        assertThat(operators(write(network, OnnxOptions.DEFAULT.withSoftmax(false))))
                .contains("Softmax");
    }

    @Test
    void writesTheWeightsOfASharedLayerOnce() throws IOException {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        Conv2D shared = new Conv2D(3, 3).withPadding(Padding.SAME).withName("shared");
        Network network = Network.of("net", input, shared.apply(shared.apply(input)));

        ModelProto model = write(network, OnnxOptions.DEFAULT);

        requireRules(model);
        assertThat(operators(model)).filteredOn("Conv"::equals).hasSize(2);
        assertThat(model.getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactlyInAnyOrder("shared/kernel", "shared/bias");
    }

    @Test
    void putsTheLayersOfNestedNetworksInTheirPlace() throws IOException {
        Network nested = network(PICTURE, new Conv2D(4, 3).withName("conv")).withName("backbone");

        ModelProto model = write(network(PICTURE, nested, new Flatten()), OnnxOptions.DEFAULT);

        requireRules(model);
        assertThat(node(model, "backbone/conv").getInputList()).contains("backbone/conv/kernel", "backbone/conv/bias");
    }

    @Test
    void keepsNamesApartThatLayersAndWeightsShare() throws IOException {
        Network network = network(
                Shape.of(4),
                new Dense(3).withName("a"),
                new Dense(3).withName("a/kernel"),
                new Dense(3).withName("a/Gemm").withActivation(ActivationFunction.RELU),
                new Dense(3).withName("\uD800"),
                new Dense(3).withName("\uD801"));

        ModelProto model = write(network, OnnxOptions.DEFAULT);

        requireRules(model);
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .contains("a", "a/kernel", "a/Gemm");
    }

    @Test
    void passesTheInputOnWhereThereIsNothingToCalculate() throws IOException {
        for (Network network : List.of(network(PICTURE), network(PICTURE, new Dropout(0.5)))) {
            for (Layout layout : Layout.values()) {
                requireRules(write(network, OnnxOptions.DEFAULT.withLayout(layout)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesPixelsOfBothTypes(Input input) throws IOException {
        Network network = network(PICTURE, new Conv2D(4, 3));
        for (String preprocessing : List.of("unit", "raw", "tf", "caffe", "torch")) {
            TrainingFacts facts = new TrainingFacts(preprocessing, List.of(), History.EMPTY, Map.of());
            ModelProto model = write(model(network).withFacts(facts), OnnxOptions.DEFAULT.withInput(input));

            requireRules(model);
            DataType type = input == Input.BYTE_PIXELS ? DataType.UINT8 : DataType.FLOAT;
            assertThat(model.getGraph().getInput(0).getType().getTensorType().getElemType())
                    .isEqualTo(type.getNumber());
            assertThat(operators(model).contains("Cast")).isEqualTo(input == Input.BYTE_PIXELS);
        }
    }

    @Test
    void refusesPreprocessingForThreeChannelsWhereThereAreOthers() {
        TrainingFacts facts = new TrainingFacts("caffe", List.of(), History.EMPTY, Map.of());
        SavedModel model = model(network(Shape.of(6, 5, 1), new Flatten())).withFacts(facts);

        assertThatThrownBy(() -> write(model, OnnxOptions.DEFAULT.withInput(Input.BYTE_PIXELS)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.onnx", "'caffe'", "3 channels", "6x5x1");
        assertThat(folder).isEmptyDirectory();
    }

    /** The layers' kernels are one array, so the test takes little memory. */
    @Test
    void refusesMoreThanAFileCanHold() {
        int units = 1024;
        Layer[] layers = new Layer[600];
        Arrays.setAll(layers, index -> new Dense(units).withBias(false));
        Network network = network(Shape.of(units), layers);
        NdArray kernel = new NdArray(Shape.of(units, units), new float[units * units]);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        network.weights().keySet().forEach(name -> arrays.put(name, kernel));
        SavedModel model = new SavedModel(network, new Weights(arrays));

        assertThatThrownBy(() -> write(model, OnnxOptions.DEFAULT))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.onnx", "2516582400 bytes", "2 GB");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsTheOldFileWhereNoneCanBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "old");
        TrainingFacts facts = new TrainingFacts("torch", List.of(), History.EMPTY, Map.of());
        SavedModel model = model(network(Shape.of(4), new Dense(2))).withFacts(facts);

        assertThatThrownBy(() -> OnnxFile.write(model, file, OnnxOptions.DEFAULT.withInput(Input.FLOAT_PIXELS)))
                .isInstanceOf(FormatException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void namesOutputsByTheirLayers() throws IOException {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        SymbolicTensor x = new Conv2D(4, 3)
                .withName("conv")
                .withActivation(ActivationFunction.RELU)
                .apply(input);
        x = Merge.add()
                .withName("sum")
                .apply(x, new BatchNormalization().withName("norm").apply(x));
        Network network =
                Network.of("net", input, new Flatten().withName("flat").apply(x));

        ModelProto model = write(network, OnnxOptions.DEFAULT);

        List<String> layers = network.nodes().stream()
                .filter(node -> !(node.layer() instanceof InputLayer))
                .map(Node::name)
                .toList();
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .containsAll(layers);
        assertThat(node(model, "conv").getOpType()).isEqualTo("Relu");
        assertThat(node(model, "conv").getInputList()).containsExactly("conv/Conv");
    }
}
