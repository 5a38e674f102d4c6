package dev.resnet4j.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models in ONNX files, run by ONNX Runtime, against resnet4j's own predictions. */
class OnnxModelConformanceTest {
    /** Of the largest number, behind up to 155 normalised layers. */
    private static final double TOLERANCE = 1e-4;

    private static Stream<Arguments> family() {
        return ResNetFamily.names().stream()
                .flatMap(name -> ResNetFamily.forms(name).stream().map(form -> Arguments.of(name, form)));
    }

    /** Compared before the softmax, which would bring far numbers together. */
    @ParameterizedTest
    @MethodSource("family")
    void calculatesTheFamily(String name, Form form) {
        Shape pictures = name.startsWith("cifar") ? Shape.of(32, 32, 3) : Shape.of(64, 64, 3);
        ResNetOptions options = new ResNetOptions(pictures, 10).withSeed(1);
        Network network = ResNetFamily.build(name, form, options)
                .withLayers(layer ->
                        layer instanceof Dense dense ? dense.withActivation(ActivationFunction.LINEAR) : layer);

        OnnxComparison.requireSame(OnnxComparison.withLivelyWeights(network), TOLERANCE);
    }

    @Test
    void saysTheShapesOfAWholeNetworkThatOnnxRuntimeFinds() {
        Network network = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

        OnnxComparison.requireShapes(OnnxComparison.withLivelyWeights(network));
    }

    /** Real files, from Keras and PyTorch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keras/cifar10_cnn_keras3140.keras",
                "keras/cifar10_cnn_keras360.keras",
                "torch/resnet20-12fca82f.th",
                "torch/resnet56-4bfd9763.th"
            })
    void calculatesImportedModels(String name) {
        Path file = Path.of(System.getProperty("resnet4j.shared"), "data").resolve(name);
        assumeTrue(Files.exists(file), () -> "the shared material is not here: " + file);

        OnnxComparison.requireSame(ModelFiles.read(file, ReadOptions.DEFAULT).model(), TOLERANCE);
    }
}
