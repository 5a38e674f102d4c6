package dev.resnet4j.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.DamagedVariants;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Resources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSafetensorsTest {
    private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void survivesDamageAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(Resources.file(HostileSafetensorsTest.class, "state_dict.safetensors"));

        int refused = DamagedVariants.refused(whole, file, bytes -> Files.write(file, bytes), SafetensorsFile::read);

        assertThat(refused).isGreaterThan(DamagedVariants.count() / 2);
    }

    @Test
    void readsTheHeaderThatTheHostileOnesAreMadeFrom() throws IOException {
        write("{" + A + "}  ", 8);

        assertThat(SafetensorsFile.read(file).tensors()).containsOnlyKeys("a");
    }

    @Test
    void refusesAHeaderThatDoesNotFit() throws IOException {
        Files.write(file, new byte[7]);
        assertRefused().hasMessageContaining("not a safetensors file");
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 9}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(16)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertRefused().hasMessageContaining("not a safetensors file");
        }
        write(" ".repeat(17 << 20), 0);
        assertRefused().hasMessageContaining("not a safetensors file");
    }

    @Test
    void refusesAHeaderThatIsNoObject() throws IOException {
        write("[]", 0);
        assertRefused().hasMessageContaining("not a JSON object");
        write("{", 0);
        assertRefused().hasMessageContaining("not JSON");
        write("{} {}", 0);
        assertRefused().hasMessageContaining("not JSON");
        write("{\"a\":".repeat(100_000), 0);
        assertRefused().hasMessageContaining("nesting depth");
    }

    @Test
    void refusesOneNameTwice() throws IOException {
        write("{" + A + "," + A.replace("0,8", "8,16") + "}", 16);

        assertRefused().hasMessageContaining("Duplicate field 'a'");
    }

    @Test
    void refusesOverlaps() throws IOException {
        write("{" + A + "," + A.replace("\"a\"", "\"b\"").replace("0,8", "4,12") + "}", 12);
        assertRefused().hasMessageContainingAll("'b'", "from 4 on, belong to another tensor too");

        write("{" + A + "," + A.replace("\"a\"", "\"b\"") + "}", 8);
        assertRefused().hasMessageContaining("belong to another tensor too");
    }

    @Test
    void refusesHoles() throws IOException {
        write("{" + A.replace("0,8", "4,12") + "}", 12);
        assertRefused().hasMessageContaining("0 to 4 belong to no tensor");

        write("{" + A + "}", 9);
        assertRefused().hasMessageContaining("the tensors take 8 bytes, but 9 follow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shape\":[3]",
                "\"shape\":[4294967296,4294967296]",
                "\"shape\":[2147483647]",
                "\"shape\":[-2]",
                "\"shape\":[2.0]",
                "\"shape\":[9223372036854775808]",
                "\"shape\":2",
                "\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]"
            })
    void refusesShapesThatDoNotFitTheirBytes(String shape) throws IOException {
        write("{" + A.replace("\"shape\":[2]", shape) + "}", 8);

        assertRefused().hasMessageContaining("tensor 'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[8,0]", "[0,9]", "[-8,0]", "[0]", "[0,8,8]", "[0,1e30]", "[\"0\",8]", "{}"})
    void refusesOffsetsThatDoNotFit(String offsets) throws IOException {
        write("{" + A.replace("[0,8]", offsets) + "}", 8);

        assertRefused().hasMessageContaining("tensor 'a'");
    }

    @Test
    void namesAllTensorsThatAreNotRead() throws IOException {
        write(
                "{" + A + ",\"b\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                        + "\"c\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[12,13]},"
                        + "\"d\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[13,13]}}",
                13);

        assertRefused().hasMessageContaining("'b' holds I32, 'c' holds F8_E4M3, 'd' is empty, of shape [3,0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"format\":1}", "\"pt\""})
    void refusesMetadataThatIsNoObjectOfTexts(String metadata) throws IOException {
        write("{\"__metadata__\":" + metadata + "," + A + "}", 8);

        assertRefused().hasMessageContaining("__metadata__");
    }

    @Test
    void refusesNamesWithoutADescription() throws IOException {
        write("{\"a\":7}", 0);

        assertRefused().hasMessageContaining("no dtype, shape and data_offsets");
    }

    private void write(String header, int data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + text.length + data)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .array());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file.toString());
    }
}
