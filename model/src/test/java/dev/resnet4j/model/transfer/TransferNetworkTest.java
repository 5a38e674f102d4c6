package dev.resnet4j.model.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferNetworkTest {
    private static final Shape PICTURES = Shape.of(64, 64, 3);
    private static final ResNetOptions OPTIONS = new ResNetOptions(PICTURES, 10).withSeed(0);
    private static final WeightName KERNEL = new WeightName("linear", "kernel");
    private static final WeightName BIAS = new WeightName("linear", "bias");

    private static Network small(ResNetOptions options) {
        return CifarResNet.build(1, CifarResNet.Shortcut.OPTION_A, options);
    }

    private static Network ending(UnaryOperator<SymbolicTensor> end) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        return Network.of(
                "ending", input, end.apply(new Conv2D(4, 3).withName("conv").apply(input)));
    }

    private static SymbolicTensor pooled(SymbolicTensor x) {
        return new GlobalAveragePooling2D().apply(x);
    }

    @ParameterizedTest
    @CsvSource({
        "TUTORIAL, resnet50, fc6",
        "TORCHVISION, resnet50, fc",
        "KERAS, resnet50, predictions",
        "OPTION_A, resnet20, linear"
    })
    void replacesTheHeadOfEachForm(Form form, String member, String head) {
        Network network = ResNetFamily.build(member, form, OPTIONS);

        Network changed = TransferNetwork.withClasses(network, 6, 7);

        Dense dense = (Dense) changed.output().layer();
        assertThat(changed.outputShape()).isEqualTo(Shape.of(6));
        assertThat(dense.name()).isEqualTo(head);
        assertThat(dense.activation()).isEqualTo(ActivationFunction.SOFTMAX);
        assertThat(dense.kernelInitializer()).isEqualTo(new GlorotUniform(7));
        assertThat(changed.nodes().subList(0, changed.nodes().size() - 1))
                .isEqualTo(network.nodes().subList(0, network.nodes().size() - 1));
    }

    @Test
    void givesANetworkWithoutSoftmaxOne() {
        Network network = ending(x -> new Dense(4).withName("logits").apply(pooled(x)));

        assertThat(((Dense) TransferNetwork.withClasses(network, 2, 0).output().layer()).activation())
                .isEqualTo(ActivationFunction.SOFTMAX);
        Network kept = TransferNetwork.withSoftmax(network);
        assertThat(((Dense) kept.output().layer()).activation()).isEqualTo(ActivationFunction.SOFTMAX);
        assertThat(kept.weights()).isEqualTo(network.weights());
        assertThat(TransferNetwork.withSoftmax(kept)).isEqualTo(kept);
    }

    @Test
    void keepsASoftmaxLayerAndReplacesAnotherActivation() {
        Network softmax = ending(x -> new Activation("probabilities", ActivationFunction.SOFTMAX)
                .apply(new Dense(4).withName("top").apply(pooled(x))));
        Network sigmoid = ending(x -> new Activation("probability", ActivationFunction.SIGMOID)
                .apply(new Dense(1).withName("top").apply(pooled(x))));

        assertThat(TransferNetwork.withClasses(softmax, 3, 0).output())
                .isEqualTo(TransferNetwork.withClasses(softmax, 3, 0).node("probabilities"));
        Network replaced = TransferNetwork.withClasses(sigmoid, 3, 0);
        assertThat(replaced.output().layer()).isEqualTo(new Activation("probability", ActivationFunction.SOFTMAX));
        assertThat(replaced.outputShape()).isEqualTo(Shape.of(3));
    }

    @Test
    void replacesAHeadInsideANestedNetwork() {
        Network inner = small(OPTIONS).withName("inner");
        SymbolicTensor input = SymbolicTensor.input(PICTURES);
        Network outer = Network.of("outer", input, inner.apply(input));

        Network changed = TransferNetwork.withClasses(outer, 6, 0);

        assertThat(changed.outputShape()).isEqualTo(Shape.of(6));
        assertThat(Stages.of(changed).distanceFromHead("inner/layer3.0.conv1")).isEqualTo(1);
    }

    @Test
    void addsAHeadBehindGlobalPooling() {
        Network changed = TransferNetwork.withClasses(small(OPTIONS.withoutTop(Pooling.MAX)), 6, 0);

        assertThat(changed.output().name()).isEqualTo("predictions");
        assertThat(changed.outputShape()).isEqualTo(Shape.of(6));
    }

    @Test
    void refusesANetworkWithoutHead() {
        Network network = ending(x -> new Conv2D(10, 1).withName("map").apply(x));

        assertThatThrownBy(() -> TransferNetwork.withClasses(network, 6, 0))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("'ending' has no classifier", "'map' (Conv2D)");
    }

    @Test
    void takesPicturesOfAnotherSizeWhereAGlobalPoolingMakesThemAlike() {
        Network network = small(OPTIONS);

        Network larger = TransferNetwork.withPictures(network, Shape.of(33, 47, 3));

        assertThat(larger.inputShape()).isEqualTo(Shape.of(33, 47, 3));
        assertThat(larger.weights()).isEqualTo(network.weights());
        assertThat(larger).isEqualTo(small(new ResNetOptions(Shape.of(33, 47, 3), 10).withSeed(0)));
    }

    @Test
    void takesOtherPicturesWhereOnlyTheHeadDependsOnTheirSize() {
        Network tutorial = ResNetFamily.build("resnet18", Form.TUTORIAL, OPTIONS);

        Network larger = TransferNetwork.withPictures(tutorial, Shape.of(128, 128, 3));

        assertThat(larger.weights().get(new WeightName("fc10", "kernel")).shape())
                .isEqualTo(Shape.of(2048, 10));
    }

    @Test
    void refusesOtherPicturesWhereWeightsDependOnTheirSize() {
        Network network = ending(x -> new Dense(3)
                .withName("top")
                .apply(new Dense(5).withName("hidden").apply(new Flatten().apply(x))));

        assertThatThrownBy(() -> TransferNetwork.withPictures(network, Shape.of(16, 16, 3)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("(8, 8, 3) alone", "'hidden/kernel'", "(784, 5) instead of (144, 5)");
    }

    @Test
    void takesOverWhatFitsAndNamesWhatDoesNot() {
        Network trained = small(OPTIONS);
        Weights weights = Weights.initialize(trained);
        Network network = TransferNetwork.withClasses(trained, 6, 7);

        WeightTransfer transfer = WeightTransfer.of(weights, network);

        assertThat(transfer.taken()).hasSize(trained.weights().size() - 2).doesNotContain(KERNEL, BIAS);
        assertThat(transfer.notFitting())
                .containsExactly(
                        new WeightTransfer.NotFitting(KERNEL, "has shape (64, 10), but the network needs (64, 6)"),
                        new WeightTransfer.NotFitting(BIAS, "has shape (10,), but the network needs (6,)"));
        assertThat(transfer.missing()).isEmpty();
        transfer.weights().requireFit(network);
        assertThat(transfer.weights().get("conv1", "kernel")).isEqualTo(weights.get("conv1", "kernel"));
        assertThat(transfer.weights().get("linear", "kernel"))
                .isEqualTo(new GlorotUniform(7).initialize(Shape.of(64, 6)));
    }

    @Test
    void startsANewHeadOfTheSameShapeAnew() {
        Network trained = small(OPTIONS);
        Network network = TransferNetwork.withClasses(trained, 10, 7);

        WeightTransfer transfer = WeightTransfer.withNewHead(Weights.initialize(trained), network);

        assertThat(transfer.notFitting())
                .extracting(WeightTransfer.NotFitting::weight)
                .containsExactly(KERNEL, BIAS);
        assertThat(transfer.weights().get("linear", "kernel"))
                .isEqualTo(new GlorotUniform(7).initialize(Shape.of(64, 10)));
    }

    @Test
    void namesWeightsThatOnlyOneSideHas() {
        Network trained = ResNetFamily.build("resnet18", Form.TUTORIAL, OPTIONS);
        Network network = TransferNetwork.withClasses(trained, 6, 7);

        WeightTransfer transfer = WeightTransfer.of(Weights.initialize(trained), network);

        assertThat(transfer.missing()).containsExactly(new WeightName("fc6", "kernel"), new WeightName("fc6", "bias"));
        assertThat(transfer.notFitting())
                .contains(new WeightTransfer.NotFitting(
                        new WeightName("fc10", "bias"), "has no counterpart in the network"))
                .hasSize(2);
    }

    @Test
    void refusesPicturesOfOtherChannels() {
        Network network = small(OPTIONS);

        assertThatThrownBy(() -> TransferNetwork.withPictures(network, Shape.of(32, 32, 1)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("take pictures of 3 channels");
    }
}
