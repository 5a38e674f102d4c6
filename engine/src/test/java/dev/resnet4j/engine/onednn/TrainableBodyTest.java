package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a plan reaches in a network. */
class TrainableBodyTest {
    @ParameterizedTest
    @CsvSource({
        "resnet50, TUTORIAL, avg_pool",
        "resnet18, TORCHVISION, layer4.1.relu",
        "resnet50, KERAS, conv5_block3_out",
        "resnet50v2, KERAS, post_relu",
        "resnext50_32x4d, TORCHVISION, layer4.2.relu",
        // Squeeze and excitation multiplies.
        "seresnet18, TORCHVISION, maxpool",
        // Channels of zeros are put beside others as if they were columns.
        "resnet20, OPTION_A, layer1.2.relu"
    })
    void reachesAsFarAsThereAreOnlyLayersThatItKnows(String name, Form form, String exit) {
        int side = name.equals("resnet20") ? 32 : 64;
        Network network = ResNetFamily.build(name, form, new ResNetOptions(Shape.of(side, side, 3), 6));

        TrainableBody body = TrainableBody.of(network).orElseThrow();

        assertThat(body.entry()).isEqualTo(network.nodes().get(0).name());
        assertThat(body.exit()).isEqualTo(exit);
    }

    /** Both convolutions that begin a stage take the same quarter of the pixels. */
    @Test
    void leavesPixelsOutOnceBeforeTheConvolutionsOfSinglePixels() {
        Network network = ResNetFamily.build("resnet50", Form.TUTORIAL, new ResNetOptions(Shape.of(64, 64, 3), 6));

        List<PlannedLayer> layers = TrainableBody.of(network).orElseThrow().layers();

        assertThat(convolutions(layers, Size2D.square(1)))
                .allMatch(convolution -> convolution.shape().strides().equals(Size2D.square(1)));
        assertThat(layers.stream()
                        .filter(layer -> layer instanceof PlannedLayer.Pooling pooling
                                && pooling.window().size().equals(Size2D.square(1)))
                        .map(PlannedLayer::output))
                .containsExactly("activation_9 by 2x2", "activation_21 by 2x2", "activation_39 by 2x2");
        assertThat(convolutions(layers, Size2D.square(7)))
                .allMatch(convolution -> convolution.shape().strides().equals(Size2D.square(2)));
    }

    private static List<PlannedLayer.Convolution> convolutions(List<PlannedLayer> layers, Size2D kernel) {
        List<PlannedLayer.Convolution> found = layers.stream()
                .filter(PlannedLayer.Convolution.class::isInstance)
                .map(PlannedLayer.Convolution.class::cast)
                .filter(convolution -> convolution.shape().kernel().equals(kernel))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    @Test
    void beginsBehindWhatIsFrozen() {
        Network network = ResNetFamily.build("resnet18", Form.TORCHVISION, new ResNetOptions(Shape.of(64, 64, 3), 6))
                .withFrozenLayers(name -> !name.startsWith("layer4") && !name.startsWith("fc"));

        TrainableBody body = TrainableBody.of(network).orElseThrow();

        assertThat(body.entry()).isEqualTo("layer3.1.relu");
        assertThat(body.exit()).isEqualTo("layer4.1.relu");
        assertThat(body.weights()).allMatch(name -> name.layer().startsWith("layer4"));
    }

    /** oneDNN's ReLU would hide a number that is none, and no statistics would tell. */
    @Test
    void endsBeforeAReluOfWhatIsNotNormalized() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        SymbolicTensor x = new Conv2D(16, 3).withName("first").apply(input);
        x = new Activation("relu", ActivationFunction.RELU).apply(x);
        x = new Conv2D(16, 3).withName("second").apply(x);

        TrainableBody body = TrainableBody.of(Network.of("plain", input, x)).orElseThrow();

        assertThat(body.exit()).isEqualTo("first");
    }

    @Test
    void isNotThereWhereOnlyTheHeadLearns() {
        Network network = ResNetFamily.build("resnet18", Form.TORCHVISION, new ResNetOptions(Shape.of(64, 64, 3), 6))
                .withFrozenLayers(name -> !name.startsWith("fc"));

        assertThat(TrainableBody.of(network)).isEmpty();
    }
}
