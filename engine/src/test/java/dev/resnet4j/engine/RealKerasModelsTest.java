package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.data.Cifar10;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.formats.keras.KerasHdf5File;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that Keras wrote, against what Keras itself made of them. */
class RealKerasModelsTest {
    private static final String RESNET20 = "keras/cifar10_resnet20v1_keras224.h5";

    @TempDir
    private Path folder;

    private static Path require(String name) {
        Path file = Path.of(System.getProperty("resnet4j.shared", "../../shared"), "data", name)
                .normalize();
        assumeTrue(Files.exists(file), () -> "skipped: the shared material is absent, there is no " + file);
        return file;
    }

    @Test
    void predictsWhatKerasPredicted() throws IOException {
        SavedModel saved = KerasHdf5File.read(require("keras/dl4j_cnn_batch_norm.h5"));
        NdArray input = npy("keras/dl4j_cnn_batch_norm.input.npy", Shape.of(5, 10, 10, 3));
        NdArray expected = npy("keras/dl4j_cnn_batch_norm.predictions.npy", Shape.of(5, 1));
        try (Model model = Model.of(saved, Device.CPU)) {
            assertWithin(model.predict(input), expected, 1e-5);
        }
    }

    @Test
    void givesTheLogitsOfAResNetOfKeras2() throws IOException {
        SavedModel saved = KerasHdf5File.read(require(RESNET20));
        NdArray expected = npy("keras/cifar10_resnet20v1_keras224.first200-presoftmax.npy", Shape.of(200, 10));
        SavedModel withoutSoftmax = new SavedModel(withoutSoftmax(saved.network()), saved.weights());
        try (Model model = Model.of(withoutSoftmax, Device.CPU)) {
            assertWithin(model.predict(pictures(200)), expected, 1e-4);
        }
    }

    private static Network withoutSoftmax(Network network) {
        return network.withLayers(
                layer -> layer instanceof Activation activation && activation.function() == ActivationFunction.SOFTMAX
                        ? new Activation(activation.name(), ActivationFunction.LINEAR)
                        : layer);
    }

    @Test
    void classifiesCifar10AsWellAsKeras() {
        try (Model model = Model.of(KerasHdf5File.read(require(RESNET20)), Device.CPU)) {
            assertThat(model.evaluate(testPictures(2_000)).accuracy()).isEqualTo(0.9195);
        }
    }

    /** One step, through a .keras file, another through an .h5: as if training had never stopped. */
    @Test
    void goesOnWithAdamWhereKerasStopped() {
        Path original = require(RESNET20);
        Path stopped = folder.resolve("stopped.keras");
        Path interrupted = folder.resolve("interrupted.h5");
        Dataset pictures = testPictures(16);
        Dataset first = pictures.select(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Dataset second = pictures.select(List.of(8, 9, 10, 11, 12, 13, 14, 15));
        SavedModel start = KerasHdf5File.read(original);

        SavedModel once = step(step(start, first), second);
        KerasFile.write(step(start, first), stopped);
        KerasHdf5File.write(step(KerasFile.read(stopped), second), interrupted);

        SavedModel read = KerasHdf5File.read(interrupted);
        assertThat(read.optimizerState().orElseThrow().iterations()).isEqualTo(201_500);
        assertThat(read.weights()).isNotEqualTo(start.weights()).isEqualTo(once.weights());
        assertThat(read.optimizerState()).isEqualTo(once.optimizerState());
    }

    private static SavedModel step(SavedModel saved, Dataset pictures) {
        try (Model model = Model.of(saved, Device.CPU)) {
            model.fit(
                    pictures,
                    FitOptions.epochs(1).withBatchSize(pictures.size()).withSeed(1));
            return model.snapshot();
        }
    }

    private static Dataset testPictures(int count) {
        return Cifar10.read(require("cifar10/test_batch.bin")).dataset().take(count);
    }

    private static NdArray pictures(int count) {
        float[] numbers = new float[count * 32 * 32 * 3];
        int next = 0;
        for (Image image : testPictures(count).images()) {
            for (byte value : image.pixels()) {
                numbers[next++] = (value & 0xff) / 255f;
            }
        }
        return new NdArray(Shape.of(count, 32, 32, 3), numbers);
    }

    /** The numbers at the end of a NumPy file, of float32 or float64. */
    private static NdArray npy(String name, Shape shape) throws IOException {
        byte[] file = Files.readAllBytes(require(name));
        int header = 10 + (file[8] & 0xff) + ((file[9] & 0xff) << 8);
        int count = Math.toIntExact(shape.elements());
        int width = (file.length - header) / count;
        ByteBuffer bytes = ByteBuffer.wrap(file, header, count * width).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = width == Double.BYTES ? (float) bytes.getDouble() : bytes.getFloat();
        }
        return new NdArray(shape, values);
    }

    private static void assertWithin(NdArray actual, NdArray expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        for (int index = 0; index < expected.values().length; index++) {
            assertThat((double) actual.values()[index])
                    .as("number " + index)
                    .isCloseTo(expected.values()[index], within(tolerance));
        }
    }
}
