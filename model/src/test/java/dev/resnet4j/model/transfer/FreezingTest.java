package dev.resnet4j.model.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.transfer.GradualUnfreezing.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezingTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(16, 16, 3), 3).withSeed(0);
    private static final Network NETWORK = CifarResNet.build(1, CifarResNet.Shortcut.OPTION_A, OPTIONS);

    private static Set<String> trained(Network network) {
        return network.trainableWeights().keySet().stream()
                .map(WeightName::layer)
                .collect(Collectors.toSet());
    }

    private static Network frozen(Freezing freezing) {
        return NETWORK.withFrozenLayers(freezing.layersOf(NETWORK));
    }

    @Test
    void leavesTheHeadAndTheLastStagesToTraining() {
        assertThat(trained(frozen(Freezing.ALL_BUT_HEAD))).containsExactly("linear");
        assertThat(trained(frozen(Freezing.allButStages(1))))
                .containsExactlyInAnyOrder(
                        "linear", "layer3.0.conv1", "layer3.0.bn1", "layer3.0.conv2", "layer3.0.bn2");
        assertThat(trained(frozen(Freezing.allButStages(3))))
                .contains("layer1.0.conv1")
                .doesNotContain("conv1", "bn1");
        assertThat(frozen(Freezing.NONE)).isEqualTo(NETWORK);
    }

    @Test
    void thawsWhatWasFrozen() {
        Network thawed = frozen(Freezing.ALL_BUT_HEAD).withFrozenLayers(Freezing.NONE.layersOf(NETWORK));

        assertThat(thawed).isEqualTo(NETWORK);
    }

    @Test
    void freezesStagesInsideANestedNetwork() {
        Network backbone = CifarResNet.build(1, CifarResNet.Shortcut.OPTION_A, OPTIONS.withoutTop(Pooling.AVERAGE))
                .withName("backbone");
        SymbolicTensor input = SymbolicTensor.input(Shape.of(16, 16, 3));
        Network outer = Network.of("outer", input, new Dense(2).withName("top").apply(backbone.apply(input)));

        Network frozen = outer.withFrozenLayers(Freezing.allButStages(1).layersOf(outer));

        assertThat(trained(frozen))
                .contains("top", "backbone/layer3.0.conv1")
                .doesNotContain("backbone/layer2.0.conv1");
        assertThat(frozen.flattened().nodes())
                .filteredOn(Node::frozen)
                .extracting(Node::name)
                .contains("backbone/bn1")
                .doesNotContain("backbone/layer3.0.bn1");
        assertThat(frozen.trainableParameters())
                .isEqualTo(frozen.trainableWeights().values().stream()
                        .mapToLong(Shape::elements)
                        .sum());
    }

    @Test
    void refusesMoreStagesThanThereAre() {
        assertThatThrownBy(() -> frozen(Freezing.allButStages(4)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("'resnet8' has 3 residual stages", "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "all-but-head", "all-but-stages:2"})
    void isReadAsItIsWritten(String word) {
        assertThat(Freezing.parse(word)).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "all-but-stages", "all-but-stages:", "all-but-stages:0", "all-but-stages:-1"})
    void refusesOtherWords(String word) {
        assertThatThrownBy(() -> Freezing.parse(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unfreezesByTheEpochAlone() {
        GradualUnfreezing unfreezing = new GradualUnfreezing(
                Freezing.ALL_BUT_HEAD, List.of(new Step(3, Freezing.allButStages(1)), new Step(5, Freezing.NONE)));

        assertThat(List.of(1, 2, 3, 4, 5, 100))
                .extracting(unfreezing::at)
                .containsExactly(
                        Freezing.ALL_BUT_HEAD,
                        Freezing.ALL_BUT_HEAD,
                        Freezing.allButStages(1),
                        Freezing.allButStages(1),
                        Freezing.NONE,
                        Freezing.NONE);
    }

    @Test
    void refusesStepsThatDoNotUnfreezeOrStandInAnotherOrder() {
        assertThatThrownBy(() -> new Step(1, Freezing.NONE)).hasMessageContaining("epoch 1");
        assertThatThrownBy(() -> new GradualUnfreezing(Freezing.NONE, List.of(new Step(2, Freezing.NONE))))
                .hasMessageContaining("in epoch 2 less must be frozen than before (none), but it was none");
        assertThatThrownBy(() -> new GradualUnfreezing(
                        Freezing.ALL_BUT_HEAD,
                        List.of(new Step(4, Freezing.allButStages(1)), new Step(3, Freezing.NONE))))
                .hasMessageContaining("epoch 3 comes after epoch 4");
    }

    @Test
    void letsTheRateShrinkTowardsTheInput() {
        assertThat(new LayerDecay(0.5).rateFactors(NETWORK))
                .containsEntry(new WeightName("linear", "kernel"), 1.0)
                .containsEntry(new WeightName("layer3.0.conv1", "kernel"), 0.5)
                .containsEntry(new WeightName("layer1.0.bn1", "gamma"), 0.125)
                .containsEntry(new WeightName("conv1", "kernel"), 0.0625);
        assertThat(LayerDecay.NONE.rateFactors(NETWORK)).isEmpty();
        assertThatThrownBy(() -> new LayerDecay(0)).hasMessageContaining("above 0 and at most 1, but it was 0");
    }
}
