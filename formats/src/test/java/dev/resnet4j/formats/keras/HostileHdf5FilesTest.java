package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.DamagedVariants;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.formats.keras.KerasWeightsFile.Matching;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and made-up HDF5 files of Keras's. */
class HostileHdf5FilesTest {
    private static final int VARIANTS = DamagedVariants.count(3);

    private static final Network NETWORK = network();
    private static final Weights INITIAL = Weights.initialize(NETWORK);

    @TempDir
    private Path folder;

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        SymbolicTensor x = new Dense(2).apply(new BatchNormalization().apply(input));
        return Network.of("small", input, x);
    }

    @Test
    void survivesDamageAnywhereInAWholeModel() throws IOException {
        Path file = folder.resolve("model.h5");
        KerasHdf5File.write(SmallModel.trained(NETWORK, new Adam()), file);
        byte[] whole = Files.readAllBytes(file);

        int refused =
                DamagedVariants.refused(VARIANTS, whole, file, bytes -> Files.write(file, bytes), KerasHdf5File::read);

        assertThat(refused).isBetween(VARIANTS / 5, VARIANTS);
    }

    @Test
    void survivesDamageAnywhereInLegacyWeights() throws IOException {
        Path file = folder.resolve("weights.h5");
        KerasWeightsFile.writeLegacy(NETWORK, INITIAL, file);
        byte[] whole = Files.readAllBytes(file);

        int refused = DamagedVariants.refused(
                VARIANTS,
                whole,
                file,
                bytes -> Files.write(file, bytes),
                path -> KerasWeightsFile.read(path, NETWORK, INITIAL, Matching.NAME, true));

        assertThat(refused).isBetween(VARIANTS / 10, VARIANTS);
    }

    @Test
    void survivesDamageAnywhereInWeightsOfKeras3() throws IOException {
        Path file = folder.resolve("small.weights.h5");
        KerasWeightsFile.writeKeras3(NETWORK, INITIAL, file);
        byte[] whole = Files.readAllBytes(file);

        int refused = DamagedVariants.refused(
                VARIANTS, whole, file, bytes -> Files.write(file, bytes), path -> KerasWeightsFile.read(path, NETWORK));

        assertThat(refused).isBetween(VARIANTS / 10, VARIANTS);
    }

    private interface Content {
        void addTo(Hdf5Writer writer);
    }

    private Path written(Content content) throws IOException {
        Path file = folder.resolve("made up.h5");
        try (Hdf5Writer writer = Hdf5Writer.create();
                OutputStream out = Files.newOutputStream(file)) {
            content.addTo(writer);
            writer.writeTo(out);
        }
        return file;
    }

    @Test
    void refusesALayerThatIsNamedTwice() throws IOException {
        Path file = written(writer -> {
            writer.addGroup("dense");
            writer.setNames("/", "layer_names", Collections.nCopies(1_000, "dense"));
        });

        assertThatThrownBy(() -> KerasWeightsFile.read(file, NETWORK))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it names 'dense' twice");
    }

    @Test
    void refusesAnArrayThatIsNotThere() throws IOException {
        Path file = written(writer -> {
            writer.add("dense/dense/kernel:0", new NdArray(Shape.of(3, 2), new float[6]));
            writer.setNames("/", "layer_names", List.of("dense"));
            writer.setNames("dense", "weight_names", List.of("dense/kernel:0", "dense/bias:0"));
        });

        assertThatThrownBy(() -> KerasWeightsFile.read(file, NETWORK))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("/dense: it does not have array 'dense/bias:0'");
    }

    @Test
    void refusesAConfigurationThatIsNoModel() throws IOException {
        Path file = written(writer -> writer.setBytes("/", "model_config", "{\"class_name\": \"Wizard\"}"));

        assertThatThrownBy(() -> KerasHdf5File.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the model is of a class of its own, 'Wizard'");
    }

    @Test
    void saysThatAnotherHdf5FileHoldsNoModel() throws IOException {
        Path file = written(writer -> writer.add("train_set_x", new NdArray(Shape.of(2), new float[2])));

        assertThatThrownBy(() -> KerasHdf5File.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it holds no model of Keras's");
        assertThatThrownBy(() -> KerasWeightsFile.read(file, NETWORK))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it has no layer_names");
    }
}
