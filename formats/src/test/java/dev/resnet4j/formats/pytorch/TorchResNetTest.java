package dev.resnet4j.formats.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.DamagedVariants;
import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.LongTensor;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchResNetTest {
    private static final Network TINY =
            CifarResNet.build(1, CifarResNet.Shortcut.OPTION_B, new ResNetOptions(Shape.of(8, 8, 3), 4).withSeed(1));

    /** The network's kind is told from names and shapes alone; its numbers go there and back. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, TORCHVISION",
        "resnet34, TORCHVISION",
        "resnet50, TORCHVISION",
        "resnext50_32x4d, TORCHVISION",
        "seresnet18, TORCHVISION",
        "resnet20, OPTION_A",
        "resnet20, OPTION_B",
        "resnet56, OPTION_A"
    })
    void comesBackAsItWentWithEveryBit(String name, Form form) {
        Network network = ResNetFamily.build(name, form, new ResNetOptions(Shape.of(32, 32, 3), 7).withSeed(0));
        Weights weights = numbered(network);

        SavedModel model = TorchResNet.toModel(TorchResNet.toStateDict(network, weights), new Size2D(32, 32));

        assertThat(model.network()).isEqualTo(network);
        assertThat(model.weights()).isEqualTo(weights);
        assertThat(model.facts().preprocessing()).isEqualTo("torch");
    }

    /** The shapes alone, since the numbers would take long. */
    @ParameterizedTest
    @CsvSource({
        "wide_resnet50_2",
        "resnet101",
        "resnet152",
        "resnext101_32x8d",
        "wide_resnet101_2",
        "seresnet152",
        "seresnext50_32x4d"
    })
    void tellsTheLargerMembersToo(String name) {
        Network network =
                ResNetFamily.build(name, Form.TORCHVISION, new ResNetOptions(Shape.of(224, 224, 3), 1000).withSeed(0));
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (TorchArray array : TorchArray.of(network)) {
            boolean tells = array.name().matches("conv1.weight|fc.weight|layer1.0.conv[12].weight");
            named.put(array.name(), tells ? zeros(array.shape()) : new LongTensor(Shape.of(), new long[1]));
        }
        TorchMember member = TorchMember.of(new StateDict(named));

        assertThat(member.network(member.usualInput())).isEqualTo(network);
    }

    @Test
    void hasPyTorchsNamesInPyTorchsOrder() {
        StateDict stateDict = TorchResNet.toStateDict(TINY, numbered(TINY));

        assertThat(stateDict.tensors().keySet())
                .startsWith(
                        "conv1.weight",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "bn1.num_batches_tracked",
                        "layer1.0.conv1.weight")
                .containsSubsequence(
                        "layer2.0.conv1.weight",
                        "layer2.0.bn2.num_batches_tracked",
                        "layer2.0.shortcut.0.weight",
                        "layer2.0.shortcut.1.running_var",
                        "layer3.0.conv1.weight")
                .endsWith("linear.weight", "linear.bias");
        assertThat(stateDict.tensors().get("bn1.num_batches_tracked"))
                .isEqualTo(new LongTensor(Shape.of(), new long[1]));
    }

    @Test
    void turnsKernelsToPyTorchsAxes() {
        Weights weights = numbered(TINY);
        StateDict stateDict = TorchResNet.toStateDict(TINY, weights);
        NdArray kernel = array(stateDict, "layer2.0.conv1.weight");
        NdArray linear = array(stateDict, "linear.weight");

        assertThat(kernel.shape()).isEqualTo(Shape.of(32, 16, 3, 3));
        assertThat(kernel.get(30, 5, 1, 2))
                .isEqualTo(weights.get("layer2.0.conv1", "kernel").get(1, 2, 5, 30));
        assertThat(linear.shape()).isEqualTo(Shape.of(4, 64));
        assertThat(linear.get(3, 60)).isEqualTo(weights.get("linear", "kernel").get(60, 3));
        assertThat(array(stateDict, "bn1.running_var")).isEqualTo(weights.get("bn1", "moving_variance"));
        assertThat(array(stateDict, "bn1.weight")).isEqualTo(weights.get("bn1", "gamma"));
    }

    @Test
    void takesArraysWithoutBatchCountersInAnyOrder() {
        StateDict whole = TorchResNet.toStateDict(TINY, numbered(TINY));
        Map<String, Tensor> backwards = new LinkedHashMap<>();
        whole.tensors().keySet().stream()
                .filter(name -> !name.endsWith("num_batches_tracked"))
                .sorted()
                .forEach(name -> backwards.put(name, whole.tensors().get(name)));

        SavedModel model = TorchResNet.toModel(new StateDict(backwards), new Size2D(8, 8));

        assertThat(model.weights()).isEqualTo(numbered(TINY));
    }

    @Test
    void endsInTheMeansWhereThereIsNoLinearLayer() {
        ResNetOptions options =
                new ResNetOptions(Shape.of(32, 32, 1), 1).withSeed(0).withoutTop(Pooling.AVERAGE);
        Network network = ResNetFamily.build("resnet18", Form.TORCHVISION, options);

        SavedModel model = TorchResNet.toModel(TorchResNet.toStateDict(network, numbered(network)));

        assertThat(model.network().outputShape()).isEqualTo(Shape.of(512));
        assertThat(model.network().inputShape()).isEqualTo(Shape.of(224, 224, 1));
    }

    @Test
    void takesPicturesOfTheUsualSizeUnlessTold() {
        StateDict stateDict = TorchResNet.toStateDict(TINY, numbered(TINY));

        assertThat(TorchResNet.toModel(stateDict).network().inputShape()).isEqualTo(Shape.of(32, 32, 3));
        assertThat(TorchResNet.toModel(stateDict, new Size2D(48, 40)).network().inputShape())
                .isEqualTo(Shape.of(48, 40, 3));
        assertThatThrownBy(() -> TorchResNet.toModel(stateDict, new Size2D(4, 4)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("at least 8x8", "(4, 4, 3)");
    }

    @Test
    void namesAllThatIsMissingMisshapenAndSuperfluousAtOnce() {
        StateDict damaged = changed(tensors -> {
            tensors.remove("bn1.bias");
            tensors.remove("layer3.0.conv2.weight");
            tensors.put("layer1.0.bn1.weight", zeros(Shape.of(17)));
            tensors.put("linear.bias", new LongTensor(Shape.of(4), new long[4]));
            tensors.put("layer1.0.extra.weight", zeros(Shape.of(1)));
        });

        assertThatThrownBy(() -> TorchResNet.toModel(damaged))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not those of resnet8")
                .hasMessageContaining("missing bn1.bias, layer3.0.conv2.weight;")
                .hasMessageContaining(
                        "of another shape layer1.0.bn1.weight ((17,), not (16,))," + " linear.bias (whole numbers);")
                .hasMessageContaining("superfluous layer1.0.extra.weight;");
    }

    @Test
    void namesSomeWhereTheyAreTooMany() {
        StateDict damaged = changed(tensors -> tensors.keySet().removeIf(name -> name.contains("bn")));

        assertThatThrownBy(() -> TorchResNet.toModel(damaged)).hasMessageContaining("and 16 more");
    }

    @Test
    void refusesWhatIsNoResidualNetwork() {
        StateDict vgg = new StateDict(Map.of("features.0.weight", zeros(Shape.of(4, 3, 3, 3))));
        StateDict twoStages = changed(tensors -> tensors.keySet().removeIf(name -> name.startsWith("layer3")));
        StateDict gap = changed(tensors -> tensors.put("layer5.0.conv1.weight", zeros(Shape.of(1))));

        assertThatThrownBy(() -> TorchResNet.toModel(vgg))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("not those of a residual network", "features.0.weight");
        assertThatThrownBy(() -> TorchResNet.toModel(twoStages)).hasMessageContaining("not those of a residual");
        assertThatThrownBy(() -> TorchResNet.toModel(gap)).hasMessageContaining("not those of a residual");
        assertThatThrownBy(() -> TorchResNet.toModel(new StateDict(Map.of()))).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesTimmsDeepStemsAndPooledShortcuts() {
        StateDict deepStem = changed(tensors -> tensors.put("conv1.0.weight", zeros(Shape.of(1))));
        StateDict pooled = changed(tensors -> tensors.put("layer1.0.downsample.2.bias", zeros(Shape.of(1))));

        assertThatThrownBy(() -> TorchResNet.toModel(deepStem))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("three convolutions at its start, as timm's resnet50d");
        assertThatThrownBy(() -> TorchResNet.toModel(pooled)).hasMessageContaining("pooled shortcuts");
    }

    @Test
    void refusesNetworksThatPyTorchHasNotGot() {
        Network tutorial = ResNet50.build(Shape.of(32, 32, 3), 2, 0);
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4));
        Network vector = Network.of("n", input, new Dense(2).withName("fc").apply(input));
        SymbolicTensor picture = SymbolicTensor.input(Shape.of(4, 4, 1));
        Network other = Network.of(
                "n", picture, new Flatten().apply(new PReLU().withName("p").apply(picture)));

        for (Network network : List.of(tutorial, vector, other)) {
            assertThatThrownBy(() -> TorchResNet.toStateDict(network, Weights.initialize(network)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("network '" + network.name() + "'", "PyTorch");
        }
        assertThatThrownBy(() -> TorchResNet.toStateDict(other, Weights.initialize(other)))
                .hasMessageContaining("p (PReLU)");
    }

    /** Names and shapes damaged at random: refused or taken, never anything else. */
    @Test
    void refusesDamagedArraysInOneWay() {
        Random random = new Random(5);
        StateDict whole = TorchResNet.toStateDict(TINY, numbered(TINY));
        int refused = 0;
        for (int variant = 0; variant < DamagedVariants.count(); variant++) {
            try {
                TorchResNet.toModel(damaged(whole, random), new Size2D(8, 8));
            } catch (FormatException e) {
                assertThat(e.getMessage()).startsWith("state dict: ").doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(DamagedVariants.count() / 2);
    }

    private static StateDict damaged(StateDict whole, Random random) {
        List<String> names = List.copyOf(whole.tensors().keySet());
        Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(5)) {
                case 0 -> tensors.remove(name);
                case 1 -> tensors.put(name, zeros(Shape.of(1 + random.nextInt(9), 1 + random.nextInt(99))));
                case 2 -> tensors.put(name, new LongTensor(Shape.of(), new long[1]));
                case 3 -> tensors.put(name.replace("layer", "layer" + random.nextInt(9)), zeros(Shape.of()));
                default ->
                    tensors.put(name.replaceFirst("\\.0\\.", "." + random.nextInt() + ".conv3."), zeros(Shape.of(2)));
            }
        }
        return new StateDict(tensors);
    }

    @ParameterizedTest
    @CsvSource({"resnet20-12fca82f.th, resnet20, 269722", "resnet56-4bfd9763.th, resnet56, 853018"})
    void takesThePublishedNetworksForCifar(String file, String name, long parameters) {
        StateDict stateDict = PyTorchFile.read(SharedData.require("torch/" + file));

        SavedModel model = TorchResNet.toModel(stateDict);
        StateDict back = TorchResNet.toStateDict(model.network(), model.weights());

        assertThat(model.network().name()).isEqualTo(name);
        assertThat(model.network().trainableParameters()).isEqualTo(parameters);
        assertThat(model.network().outputShape()).isEqualTo(Shape.of(10));
        assertThat(back.tensors()).containsAllEntriesOf(stateDict.tensors());
        assertThat(back.tensors().keySet().stream().filter(key -> !key.endsWith("num_batches_tracked")))
                .containsExactlyElementsOf(stateDict.tensors().keySet());
    }

    /** Every number differs from its neighbours, and from those at its place in other arrays. */
    private static Weights numbered(Network network) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        network.weights().forEach((name, spec) -> {
            float[] values = new float[Math.toIntExact(spec.shape().elements())];
            for (int index = 0; index < values.length; index++) {
                values[index] = 1000 * arrays.size() + index;
            }
            arrays.put(name, new NdArray(spec.shape(), values));
        });
        return new Weights(arrays);
    }

    private static StateDict changed(Consumer<Map<String, Tensor>> change) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(
                TorchResNet.toStateDict(TINY, numbered(TINY)).tensors());
        change.accept(tensors);
        return new StateDict(tensors);
    }

    private static FloatTensor zeros(Shape shape) {
        return new FloatTensor(new NdArray(shape, new float[Math.toIntExact(shape.elements())]));
    }

    private static NdArray array(StateDict stateDict, String name) {
        return ((FloatTensor) stateDict.tensors().get(name)).array();
    }
}
