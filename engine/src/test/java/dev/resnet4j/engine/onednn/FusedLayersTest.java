package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FusedLayersTest {
    private static final Network RESNET50 = ResNetFamily.build("resnet50", new ResNetOptions(Shape.of(64, 64, 3), 6));

    @Test
    void leavesOnlyPoolingAndTheHeadOfResNet50() {
        Set<Node> fused = FusedLayers.of(RESNET50).values().stream()
                .map(FusedLayers::nodes)
                .flatMap(List::stream)
                .collect(Collectors.toSet());

        assertThat(RESNET50.nodes().stream().filter(node -> !fused.contains(node)))
                .extracting(node -> node.layer().className())
                .containsExactly("InputLayer", "MaxPooling2D", "AveragePooling2D", "Flatten", "Dense");
    }

    @Test
    void takesTheShortcutIntoTheLastConvolutionOfABlock() {
        FusedLayers last = FusedLayers.of(RESNET50).values().stream()
                .filter(layers -> layers.convolution().name().equals("res2b_branch2c"))
                .findFirst()
                .orElseThrow();

        assertThat(last.nodes())
                .extracting(node -> node.layer().className())
                .containsExactly("Conv2D", "BatchNormalization", "Add", "Activation");
        assertThat(last.residual()).contains(blockInput());
        assertThat(last.endsWithRelu()).isTrue();
    }

    /** What the first convolution of the block takes. */
    private static String blockInput() {
        return RESNET50.node("res2b_branch2a").inputs().get(0);
    }

    @Test
    void hasEachConvolutionOnce() {
        Collection<FusedLayers> all = FusedLayers.of(RESNET50).values();

        assertThat(all.stream().map(FusedLayers::convolution))
                .containsExactlyInAnyOrderElementsOf(RESNET50.nodes().stream()
                        .filter(node -> node.layer() instanceof Conv2D)
                        .toList());
    }
}
