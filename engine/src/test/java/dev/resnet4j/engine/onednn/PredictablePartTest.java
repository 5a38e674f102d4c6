package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictablePartTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(64, 64, 3), 6);

    @BeforeAll
    static void needsOneDnn() {
        assumeTrue(OneDnn.convolves(NumberType.FLOAT), "there is no oneDNN for this machine");
    }

    @ParameterizedTest
    @CsvSource({"resnet50, TUTORIAL", "resnet50, TORCHVISION", "resnet50v2, KERAS", "resnext50_32x4d, TORCHVISION"})
    void holdsAllButTheHead(String name, Form form) {
        Network network = ResNetFamily.build(name, form, OPTIONS);

        List<PredictablePart> parts = PredictablePart.of(network.flattened(), NumberType.FLOAT);

        assertThat(parts).hasSize(1);
        assertThat(left(network.flattened(), parts))
                .isSubsetOf("InputLayer", "GlobalAveragePooling2D", "Flatten", "Dense");
    }

    @Test
    void isAPartABlockWhereExcitationIsBetween() {
        Network network = ResNetFamily.build("seresnet50", Form.TORCHVISION, OPTIONS);

        List<PredictablePart> parts = PredictablePart.of(network.flattened(), NumberType.FLOAT);

        assertThat(parts).hasSizeGreaterThanOrEqualTo(16);
        assertThat(parts.stream().mapToLong(PredictablePart::convolutions).sum())
                .isEqualTo(FusedLayers.of(network.flattened()).size());
    }

    private static Set<String> left(Network network, List<PredictablePart> parts) {
        Set<String> held = parts.stream().flatMap(part -> part.nodes().stream()).collect(Collectors.toSet());
        return network.nodes().stream()
                .filter(node -> !held.contains(node.name()))
                .map(PredictablePartTest::kind)
                .collect(Collectors.toSet());
    }

    private static String kind(Node node) {
        return node.layer().className();
    }
}
