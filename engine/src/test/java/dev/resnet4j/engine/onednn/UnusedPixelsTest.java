package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.onednn.PlannedLayer.FusedConvolution;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnusedPixelsTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(224, 224, 3), 6);

    @BeforeAll
    static void needsOneDnn() {
        assumeTrue(OneDnn.convolves(NumberType.FLOAT), "there is no oneDNN for this machine");
    }

    /** The last block of each stage but the last makes a quarter of its pixels. */
    @Test
    void areNotMadeBeforeTheStagesOfTheTutorialsResNet50() {
        Network network = ResNetFamily.build("resnet50", Form.TUTORIAL, OPTIONS);

        List<PlannedLayer> layers = layers(network);

        assertThat(convolutions(layers)
                        .filter(convolution -> convolution.shape().kernel().equals(Size2D.square(3)))
                        .filter(convolution -> convolution.shape().strides().equals(Size2D.square(2)))
                        .map(convolution -> convolution.layers().convolution().name()))
                .containsExactly("res2c_branch2b", "res3d_branch2b", "res4f_branch2b");
        // The residuals alone are needed whole by others.
        assertThat(layers.stream()
                        .filter(layer -> layer instanceof PlannedLayer.Pooling pooling && pooling.isOfSinglePixels())
                        .count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "resnet50, TUTORIAL, 0.90",
        "resnet50, KERAS, 0.90",
        "resnet152, KERAS, 0.967",
        // Stages begin with convolutions that look at all pixels.
        "resnet50, TORCHVISION, 1.0",
        "resnet50v2, KERAS, 1.0"
    })
    void shareOfTheMultiplicationsThatIsLeft(String name, Form form, double left) {
        Network network = ResNetFamily.build(name, form, OPTIONS);

        assertThat(multiplications(convolutions(layers(network)).map(FusedConvolution::shape))
                        / multiplications(FusedLayers.of(network.flattened()).values().stream()
                                .map(fused -> fused.shape(
                                        network.flattened().node(fused.input()).outputShape()))))
                .isCloseTo(left, within(0.005));
    }

    private static List<PlannedLayer> layers(Network network) {
        return PredictablePart.of(network.flattened(), NumberType.FLOAT).get(0).layers();
    }

    private static Stream<FusedConvolution> convolutions(List<PlannedLayer> layers) {
        return layers.stream().filter(FusedConvolution.class::isInstance).map(FusedConvolution.class::cast);
    }

    private static double multiplications(Stream<ConvolutionShape> shapes) {
        return shapes.mapToDouble(shape -> (double) shape.output().elements()
                        * shape.kernel().height()
                        * shape.kernel().width()
                        * shape.input().channels()
                        / shape.groups())
                .sum();
    }
}
