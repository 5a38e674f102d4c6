package dev.resnet4j.model.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNet50Test {
    private static final Network NETWORK = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

    @Test
    void hasTheTutorialsLayersAndParameters() {
        assertThat(NETWORK.nodes()).hasSize(177);
        assertThat(NETWORK.parameters()).isEqualTo(23_600_006);
        assertThat(NETWORK.trainableParameters()).isEqualTo(23_546_886);
        assertThat(NETWORK.node("conv1").parameters()).isEqualTo(9_472);
    }

    @ParameterizedTest
    @CsvSource({
        "zero_padding2d, 70x70x3",
        "conv1, 32x32x64",
        "max_pooling2d, 15x15x64",
        "bn2c_branch2c, 15x15x256",
        "bn3d_branch2c, 8x8x512",
        "bn4f_branch2c, 4x4x1024",
        "bn5c_branch2c, 2x2x2048",
        "avg_pool, 1x1x2048",
        "flatten, 2048",
        "fc6, 6"
    })
    void hasTheTutorialsShapes(String layer, String shape) {
        assertThat(NETWORK.node(layer).outputShape().sizeText()).isEqualTo(shape);
    }

    @Test
    void listsBothPathsOfABlockSideBySideAsKerasDoes() {
        assertThat(NETWORK.nodes().stream().map(Node::name).toList().subList(6, 19))
                .containsExactly(
                        "res2a_branch2a",
                        "bn2a_branch2a",
                        "activation_1",
                        "res2a_branch2b",
                        "bn2a_branch2b",
                        "activation_2",
                        "res2a_branch2c",
                        "res2a_branch1",
                        "bn2a_branch2c",
                        "bn2a_branch1",
                        "add",
                        "activation_3",
                        "res2b_branch2a");
    }

    @ParameterizedTest
    @CsvSource({"32, 2048", "33, 2048", "64, 2048", "96, 2048", "128, 8192", "224, 18432", "320, 51200"})
    void takesPicturesOfManySizes(int side, int features) {
        Network network = ResNet50.build(Shape.of(side, side, 3), 10);

        assertThat(network.node("flatten").outputShape()).isEqualTo(Shape.of(features));
        assertThat(network.outputShape()).isEqualTo(Shape.of(10));
    }

    @Test
    void startsEveryKernelFromTheSeedThatItsInitializersRecord() {
        Network unseeded = ResNet50.build(Shape.of(64, 64, 3), 6);
        GlorotUniform initializer =
                (GlorotUniform) ((Conv2D) unseeded.node("conv1").layer()).kernelInitializer();

        assertThat(ResNet50.build(Shape.of(64, 64, 3), 6, initializer.seed())).isEqualTo(unseeded);
    }

    @Test
    void refusesPicturesThatAreTooSmall() {
        assertThatThrownBy(() -> ResNet50.build(Shape.of(64, 31, 3), 6))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("at least 32x32", "(64, 31, 3)");
        assertThatThrownBy(() -> ResNet50.build(Shape.of(64, 64), 6)).hasMessageContaining("(64, 64)");
    }

    @Test
    void refusesANetworkWithoutClasses() {
        assertThatThrownBy(() -> ResNet50.build(Shape.of(64, 64, 3), 0)).hasMessageContaining("at least one class");
    }

    @Test
    void refusesAnIdentityShortcutOverAChangeOfChannels() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 6));

        assertThatThrownBy(() -> new ResNet50(0).identityBlock(input, 2, new int[] {2, 4, 8}, 1, "a"))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("Add", "(4, 4, 8)", "(4, 4, 6)");
    }

    @Test
    void namesEveryBlocksLayersAsTheTutorialDoes() {
        assertThat(NETWORK.nodes().stream().map(Node::name))
                .contains("bn_conv1", "res3a_branch1", "bn3a_branch1", "res4f_branch2b", "bn5c_branch2a")
                .containsAll(IntStream.rangeClosed(1, 48)
                        .mapToObj(number -> "activation_" + number)
                        .toList());
    }

    @Test
    void givesEveryLayerOfABlockItsShape() {
        Pattern name = Pattern.compile("(?:res|bn)([2-5])[a-f]_branch(1|2a|2b|2c)");
        int[] sides = {15, 8, 4, 2};
        int matched = 0;
        for (Node node : NETWORK.nodes()) {
            Matcher matcher = name.matcher(node.name());
            if (matcher.matches()) {
                int stage = Integer.parseInt(matcher.group(1)) - 2;
                boolean narrow =
                        matcher.group(2).equals("2a") || matcher.group(2).equals("2b");
                int channels = (narrow ? 64 : 256) << stage;
                assertThat(node.outputShape())
                        .as(node.name())
                        .isEqualTo(Shape.of(sides[stage], sides[stage], channels));
                matched++;
            }
        }
        assertThat(matched).isEqualTo(2 * (3 * 16 + 4));
    }

    @Test
    void takesAnyNumberOfChannelsAndSidesThatDiffer() {
        Network network = ResNet50.build(Shape.of(32, 96, 1), 3, 0);

        assertThat(network.node("avg_pool").outputShape()).isEqualTo(Shape.of(1, 3, 2048));
        assertThat(network.node("conv1").weights().get(0).shape()).isEqualTo(Shape.of(7, 7, 1, 64));
        assertThat(network.output().name()).isEqualTo("fc3");
    }

    /** The configuration that Keras 1.1.0 saved with its ResNet-50, whose classes had other names then. */
    @Test
    void hasTheLayersOfKerasOwnConfigurationInItsOrder() throws IOException {
        List<String> kerasLayers = new ArrayList<>();
        List<String> kerasNames = new ArrayList<>();
        Matcher layer = Pattern.compile(
                        "\\{\"name\": \"(\\w+)\", \"class_name\": \"(\\w+)\", \"config\".*?\"inbound_nodes\": (.*?])}")
                .matcher(shared("resnet50_keras110_config.json"));
        while (layer.find()) {
            kerasNames.add(layer.group(1));
            List<Integer> inputs = Pattern.compile("\"(\\w+)\"")
                    .matcher(layer.group(3))
                    .results()
                    .map(input -> kerasNames.indexOf(input.group(1)))
                    .toList();
            kerasLayers.add(description(layer.group(1), presentClassName(layer.group(2)), inputs));
        }
        Network network = ResNet50.build(Shape.of(224, 224, 3), 1000, 0);
        List<String> names = network.nodes().stream().map(Node::name).toList();

        assertThat(kerasLayers).hasSize(177);
        assertThat(network.nodes().stream()
                        .map(node -> description(
                                node.name(),
                                node.layer().className(),
                                node.inputs().stream().map(names::indexOf).toList())))
                .containsExactlyElementsOf(kerasLayers);
    }

    @Test
    void hasTheWeightShapesOfKerasOwnWeights() throws IOException {
        List<String> kerasWeights = Pattern.compile(
                        "\"layer_name\": \"(\\w+)\", \"weight_name\": \"\\w+:0\", \"type\": \"float32\", \"shape\": \\[(.*?)]")
                .matcher(shared("resnet50_keras110_weight_shapes.json"))
                .results()
                .map(weight -> weight.group(1) + " [" + weight.group(2) + "]")
                .toList();

        assertThat(kerasWeights).hasSize(320);
        assertThat(weights(ResNet50.build(Shape.of(224, 224, 3), 1000, 0)).subList(0, 318))
                .isEqualTo(kerasWeights.subList(0, 318));
        assertThat(weights(NETWORK).subList(0, 318)).isEqualTo(kerasWeights.subList(0, 318));
    }

    private static List<String> weights(Network network) {
        return network.nodes().stream()
                .flatMap(node -> node.weights().stream()
                        .map(weight -> node.name() + " " + weight.shape().dimensions()))
                .toList();
    }

    /** A layer by its place among the others, and by its name where the tutorial's code gives one. */
    private static String description(String name, String className, List<Integer> inputs) {
        boolean named = name.matches("conv1|bn_conv1|avg_pool|fc1000|(res|bn)\\d._branch.*");
        return className + (named ? " " + name : "") + " of " + inputs;
    }

    private static String presentClassName(String keras1ClassName) {
        return switch (keras1ClassName) {
            case "Convolution2D" -> "Conv2D";
            case "Merge" -> "Add";
            default -> keras1ClassName;
        };
    }

    private static String shared(String name) throws IOException {
        Path file = Path.of(System.getProperty("resnet4j.shared", "../../shared"), "data", "keras", name)
                .normalize();
        assumeTrue(Files.exists(file), () -> "skipped: the shared material is absent, there is no " + file);
        return Files.readString(file);
    }
}
