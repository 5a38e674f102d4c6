package dev.resnet4j.model.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResNetFamilyTest {
    private static final ResNetOptions IMAGENET = new ResNetOptions(Shape.of(224, 224, 3), 1000).withSeed(1);
    private static final ResNetOptions SMALL = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);

    /** What torchvision and timm publish: PyTorch does not count moving statistics among the parameters. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 11689512",
        "resnet34, 21797672",
        "resnet50, 25557032",
        "resnet101, 44549160",
        "resnet152, 60192808",
        "resnext50_32x4d, 25028904",
        "resnext101_32x8d, 88791336",
        "wide_resnet50_2, 68883240",
        "wide_resnet101_2, 126886696",
        "seresnet50, 28088024"
    })
    void hasTorchvisionsNumbersOfParameters(String name, long parameters) {
        assertThat(ResNetFamily.build(name, Form.TORCHVISION, IMAGENET).trainableParameters())
                .isEqualTo(parameters);
    }

    /** What keras.applications publishes, moving statistics among the parameters. */
    @ParameterizedTest
    @CsvSource({
        "resnet50, 25636712, 177",
        "resnet101, 44707176, 347",
        "resnet152, 60419944, 517",
        "resnet50v2, 25613800, 192",
        "resnet101v2, 44675560, 379",
        "resnet152v2, 60380648, 566"
    })
    void hasKerasNumbersOfParametersAndLayers(String name, long parameters, int layers) {
        Network network = ResNetFamily.build(name, Form.KERAS, IMAGENET);

        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.nodes()).hasSize(layers);
    }

    /** What the authors of the published CIFAR weights count. */
    @ParameterizedTest
    @CsvSource({
        "resnet20, OPTION_A, 269722",
        "resnet32, OPTION_A, 464154",
        "resnet44, OPTION_A, 658586",
        "resnet56, OPTION_A, 853018",
        "resnet110, OPTION_A, 1727962",
        "resnet20, OPTION_B, 272474"
    })
    void hasThePublishedNumbersOfParametersForCifar(String name, Form form, long parameters) {
        assertThat(ResNetFamily.build(name, form, SMALL).trainableParameters()).isEqualTo(parameters);
    }

    /** The tutorial's form has Keras 1's layers: keras.applications' ones with bias, whose numbers they share. */
    @ParameterizedTest
    @CsvSource({"resnet50, 25636712, 177", "resnet101, 44707176, 347", "resnet152, 60419944, 517"})
    void hasTheSameNumbersInTheTutorialsForm(String name, long parameters, int layers) {
        Network network = ResNetFamily.build(name, IMAGENET);
        Network square = ResNetFamily.build(name, new ResNetOptions(Shape.of(32, 32, 3), 1000).withSeed(0));

        assertThat(square.parameters()).isEqualTo(parameters);
        assertThat(network.nodes().stream()
                        .filter(node -> !node.layer().className().equals("Flatten")))
                .as("keras.applications pads before its pooling, the tutorial flattens after")
                .hasSize(layers - 1);
    }

    @Test
    void namesAllMembersAndTheirForms() {
        assertThat(ResNetFamily.names())
                .startsWith("resnet18", "resnet34", "resnet50", "resnet50v2")
                .endsWith("resnet20", "resnet32", "resnet44", "resnet56", "resnet110")
                .hasSize(24);
        assertThat(ResNetFamily.forms("resnet50")).containsExactly(Form.TUTORIAL, Form.TORCHVISION, Form.KERAS);
        assertThat(ResNetFamily.forms("resnet18")).containsExactly(Form.TUTORIAL, Form.TORCHVISION);
        assertThat(ResNetFamily.forms("resnet50v2")).containsExactly(Form.KERAS);
        assertThat(ResNetFamily.forms("seresnet50")).containsExactly(Form.TORCHVISION);
        assertThat(ResNetFamily.forms("resnet20")).containsExactly(Form.OPTION_A, Form.OPTION_B);
        assertThat(Stream.of(Form.values()).map(Form::word))
                .containsExactly("tutorial", "torchvision", "keras", "option-a", "option-b");
    }

    static Stream<Arguments> members() {
        return ResNetFamily.names().stream()
                .flatMap(name -> ResNetFamily.forms(name).stream().map(form -> Arguments.of(name, form)));
    }

    @ParameterizedTest
    @MethodSource("members")
    void classifiesTheSmallestPictures(String name, Form form) {
        Network network = ResNetFamily.build(name, form, SMALL);

        assertThat(network.name()).isEqualToIgnoringCase(name);
        assertThat(network.inputShape()).isEqualTo(Shape.of(32, 32, 3));
        assertThat(network.outputShape()).isEqualTo(Shape.of(10));
        assertThat(ResNetFamily.build(name, form, SMALL)).isEqualTo(network);
    }

    @ParameterizedTest
    @MethodSource("members")
    void endsWithoutClassifierWhereItIsTold(String name, Form form) {
        Network features = ResNetFamily.build(name, form, SMALL.withoutTop(Pooling.NONE));
        Network average = ResNetFamily.build(name, form, SMALL.withoutTop(Pooling.AVERAGE));
        Network max = ResNetFamily.build(name, form, SMALL.withoutTop(Pooling.MAX));
        int channels = features.outputShape().channels();

        assertThat(features.outputShape().rank()).isEqualTo(3);
        assertThat(average.outputShape()).isEqualTo(Shape.of(channels));
        assertThat(average.output().name()).isEqualTo("avg_pool");
        assertThat(max.outputShape()).isEqualTo(Shape.of(channels));
        assertThat(max.output().name()).isEqualTo("max_pool");
        assertThat(average.nodes().subList(0, features.nodes().size())).isEqualTo(features.nodes());
    }

    @ParameterizedTest
    @MethodSource("members")
    void refusesPicturesThatAreTooSmall(String name, Form form) {
        assertThatThrownBy(() -> ResNetFamily.build(name, form, new ResNetOptions(Shape.of(40, 7, 3), 10)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("at least", "(40, 7, 3)");
    }

    @Test
    void isTheTutorialsNetworkUnderItsName() {
        ResNetOptions signs = new ResNetOptions(Shape.of(64, 64, 3), 6).withSeed(0);

        assertThat(ResNetFamily.build("resnet50", signs)).isEqualTo(ResNet50.build(Shape.of(64, 64, 3), 6, 0));
        assertThat(ResNetFamily.build("resnet50", signs).parameters()).isEqualTo(23_600_006);
    }

    @ParameterizedTest
    @MethodSource("members")
    void startsKernelsFromSeedsOfTheirOwnButInTheTutorialsForm(String name, Form form) {
        List<Long> seeds = ResNetFamily.build(name, form, SMALL).nodes().stream()
                .map(Node::layer)
                .filter(Conv2D.class::isInstance)
                .map(layer -> seed((Conv2D) layer))
                .toList();

        if (form == Form.TUTORIAL) {
            assertThat(seeds).containsOnly(1L);
        } else {
            assertThat(seeds).doesNotHaveDuplicates().allMatch(seed -> seed >= 0 && seed < Integer.MAX_VALUE);
        }
        assertThat(ResNetFamily.build(name, form, SMALL.withSeed(2)))
                .isNotEqualTo(ResNetFamily.build(name, form, SMALL));
    }

    private static long seed(Conv2D layer) {
        return Long.parseLong(layer.kernelInitializer().toString().replaceAll("\\D", ""));
    }

    @Test
    void refusesNamesAndFormsThatAreNone() {
        assertThatThrownBy(() -> ResNetFamily.forms("resnet51"))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("no built-in network named 'resnet51'", "resnet50", "resnet110");
        assertThatThrownBy(() -> ResNetFamily.build("resnet18", Form.KERAS, SMALL))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("'resnet18' does not come in the form 'keras' but in [tutorial, torchvision]");
    }

    @Test
    void refusesOptionsThatCannotWork() {
        assertThatThrownBy(() -> new ResNetOptions(Shape.of(32, 32), 10))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("(32, 32)");
        assertThatThrownBy(() -> new ResNetOptions(Shape.of(32, 32, 3), 0)).hasMessageContaining("at least one class");
    }

    @Test
    void refusesArchitecturesThatNoFormHas() {
        Architecture grouped = Architecture.known().stream()
                .filter(architecture -> architecture.groups() > 1)
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> TutorialResNet.build(grouped, SMALL)).hasMessageContaining("resnext50_32x4d");
        assertThatThrownBy(() -> KerasResNet.build(Architecture.RESNET_18, KerasResNet.Version.V1, SMALL))
                .hasMessageContaining("resnet18");
        assertThatThrownBy(() -> CifarResNet.build(0, CifarResNet.Shortcut.OPTION_A, SMALL))
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Architecture("x", BlockKind.BASIC, List.of(1, 2, 3), 1, 64, false))
                .hasMessageContaining("[1, 2, 3]");
        assertThatThrownBy(() -> new Architecture("x", BlockKind.BASIC, List.of(1, 2, 3, 0), 1, 64, false))
                .hasMessageContaining("[1, 2, 3, 0]");
        assertThatThrownBy(() -> new Architecture("x", BlockKind.BASIC, List.of(1, 1, 1, 1), 32, 4, false))
                .hasMessageContaining("32x4");
        assertThatThrownBy(() -> new Architecture("x", BlockKind.BOTTLENECK, List.of(1, 1, 1, 1), 0, 64, false))
                .hasMessageContaining("got 0 and 64");
    }
}
