package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.DamagedVariants;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFilesTest {
    private static final int VARIANTS = DamagedVariants.count(4);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeASmallModel() {
        file = folder.resolve("model.keras");
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        Network network = Network.of("small", input, new Dense(2).apply(input));
        KerasFile.write(SmallModel.trained(network, new Adam()), file);
    }

    @Test
    void survivesDamageAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);

        assertThat(refused(whole, bytes -> Files.write(file, bytes))).isGreaterThan(VARIANTS / 2);
    }

    @Test
    void survivesDamagedWeightsUnderARightChecksum() throws IOException {
        Map<String, byte[]> entries = Zips.entries(file);

        assertThat(refused(entries.get("model.weights.h5"), bytes -> {
                    entries.put("model.weights.h5", bytes);
                    Zips.write(file, entries, ZipEntry.STORED);
                }))
                .isGreaterThan(VARIANTS / 5);
    }

    @Test
    void survivesDamageToWeightsOfKerasItself() throws IOException, URISyntaxException {
        Path keras = Path.of(
                HostileFilesTest.class.getResource("every_layer_keras.keras").toURI());
        Map<String, byte[]> entries = Zips.entries(keras);

        assertThat(refused(entries.get("model.weights.h5"), bytes -> {
                    entries.put("model.weights.h5", bytes);
                    Zips.write(file, entries, ZipEntry.STORED);
                }))
                .isPositive();
    }

    @Test
    void survivesADamagedConfiguration() throws IOException, URISyntaxException {
        Path keras = Path.of(
                HostileFilesTest.class.getResource("every_layer_keras.keras").toURI());
        Map<String, byte[]> entries = Zips.entries(keras);

        assertThat(refused(entries.get("config.json"), bytes -> {
                    entries.put("config.json", bytes);
                    Zips.write(file, entries, ZipEntry.STORED);
                }))
                .isGreaterThan(VARIANTS / 5);
    }

    /** How many of the damaged variants are refused; the others load. Anything else fails the test. */
    private int refused(byte[] whole, DamagedVariants.Writer writer) {
        return DamagedVariants.refused(VARIANTS, whole, file, writer, KerasFile::read);
    }

    @Test
    void refusesWhatIsNoZip() throws IOException {
        Files.writeString(file, "not a zip");

        assertRefused().hasMessageContainingAll("model.keras", "not a whole zip file");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.write(file, new byte[0]);

        assertRefused().hasMessageContaining("not a whole zip file");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertRefused().hasMessageContaining("not a whole zip file");
    }

    @Test
    void refusesAFileWithoutConfigurationOrWeights() throws IOException {
        Map<String, byte[]> entries = Zips.entries(file);
        byte[] weights = entries.remove("model.weights.h5");
        Zips.write(file, entries, ZipEntry.STORED);
        assertRefused().hasMessageContainingAll("model.weights.h5", "no such entry");

        entries.put("model.weights.h5", weights);
        entries.remove("config.json");
        Zips.write(file, entries, ZipEntry.STORED);
        assertRefused().hasMessageContainingAll("config.json", "no such entry");
    }

    @Test
    void refusesTwoEntriesOfOneName() throws IOException {
        Map<String, byte[]> entries = Zips.entries(file);
        entries.put("config.jsom", entries.get("config.json"));
        Zips.write(file, entries, ZipEntry.STORED);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("config.jsom", "config.json"), StandardCharsets.ISO_8859_1);

        assertRefused().hasMessageContainingAll("config.json", "two entries");
    }

    @Test
    void refusesAWrongChecksum() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String bytes = new String(whole, StandardCharsets.ISO_8859_1);
        int signature = bytes.indexOf("\u0089HDF");
        whole[signature + 60] ^= 1;
        Files.write(file, whole);

        assertRefused().hasMessageContainingAll("model.weights.h5", "checksum is wrong");
    }

    @Test
    void refusesAnEntryThatInflatesBeyondAllMeasure() throws IOException {
        Map<String, byte[]> entries = Zips.entries(file);
        entries.put("config.json", new byte[20 << 20]);
        Zips.write(file, entries, ZipEntry.DEFLATED);
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertRefused().hasMessageContainingAll("config.json", "20971520 bytes");

        entries.put("model.weights.h5", new byte[100 << 20]);
        entries.put("config.json", configuration());
        Zips.write(file, entries, ZipEntry.DEFLATED);
        assertRefused().hasMessageContainingAll("model.weights.h5", "104857600 bytes");
    }

    @Test
    void refusesAnEntryThatInflatesToMoreThanItDeclares() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("config.json", new byte[1 << 20]);
        Zips.write(file, entries, ZipEntry.DEFLATED);
        byte[] zip = Files.readAllBytes(file);
        // The size in the central directory, of which there is one record.
        int directory = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("PK\u0001\u0002");
        Arrays.fill(zip, directory + 24, directory + 28, (byte) 1);
        zip[directory + 27] = 0;
        zip[directory + 26] = 0;
        Files.write(file, zip);

        assertRefused().hasMessageContainingAll("config.json", "257 bytes that it declares");
    }

    private static byte[] configuration() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        return Json.bytes(
                NetworkConfigWriter.write(Network.of("small", input, new Dense(2).apply(input)), ConfigStyle.KERAS_3));
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() throws IOException {
        Zips.replace(file, "config.json", "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));

        assertRefused().hasMessageContainingAll("config.json", "nesting depth");
    }

    @Test
    void refusesJsonOfTooManyPieces() throws IOException {
        String json = "{\"a\":[" + "[],".repeat(4_000_000) + "[]]}";
        Zips.replace(file, "config.json", json.getBytes(StandardCharsets.UTF_8));

        assertRefused().hasMessageContainingAll("config.json", "Token count");
    }

    @Test
    void refusesMoreWeightsThanTheFileCanHold() throws IOException {
        Zips.changeConfig(file, config -> layer(config, 1).put("units", 500_000_000));

        assertRefused().hasMessageContainingAll("'dense/kernel'", "(3, 500000000)", "[3, 2]", "'dense/bias'", "[2]");
    }

    @Test
    void refusesShapesThatCannotBeCounted() throws IOException {
        Zips.changeConfig(file, config -> {
            layer(config, 0).putArray("batch_shape").addNull().add(Integer.MAX_VALUE);
            layer(config, 1).put("units", Integer.MAX_VALUE);
        });

        assertRefused().hasMessageContaining("more numbers than an array can hold");
    }

    @Test
    void listsAllArraysThatAreMissing() throws IOException {
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        try (Hdf5Writer writer = Hdf5Writer.create()) {
            writer.add("layers/dense/vars/0", new NdArray(Shape.of(6), new float[6]));
            writer.writeTo(weights);
        }
        Zips.replace(file, "model.weights.h5", weights.toByteArray());

        assertRefused().hasMessageContainingAll("layer 'dense' needs 2 arrays", "layers/dense has 1");
    }

    @Test
    void saysInOneLineWhateverNamesTheFileHas() throws IOException {
        Zips.changeConfig(file, config -> {
            layer(config, 1).put("name", "x\n\u001b[2J" + "y".repeat(100_000));
            ((ObjectNode) config.at("/config/layers/1")).put("class_name", "Evil");
        });

        assertRefused()
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(3_000).doesNotContainPattern("\\p{Cntrl}"));
    }

    private static ObjectNode layer(JsonNode config, int index) {
        return (ObjectNode) config.at("/config/layers/" + index + "/config");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> KerasFile.read(file)).isInstanceOf(FormatException.class);
    }
}
