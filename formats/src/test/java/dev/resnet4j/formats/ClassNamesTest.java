package dev.resnet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNamesTest {
    private static final String KERAS =
            "{\"1\": [\"n01443537\", \"goldfish\"], \"0\": [\"n01440764\", \"tench\"], \"2\": [\"n1\", \"tench\"]}";

    @TempDir
    Path folder;

    @Test
    void readsKerasClassIndexInTheOrderOfItsNumbers() throws IOException {
        assertThat(ClassNames.read(file(KERAS))).containsExactly("tench", "goldfish", "tench");
    }

    @Test
    void readsANameALine() throws IOException {
        assertThat(ClassNames.read(file("tench\r\ngreat white shark\ncafé\n\n")))
                .containsExactly("tench", "great white shark", "café");
        assertThat(ClassNames.read(file("\uFEFFtench"))).containsExactly("tench");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`a\n\nb`                   | class 1: its name is empty",
                "`a\u001bb`                 | class 0: its name is empty or not printable",
                "` `                        | there are none",
                "`{}`                       | there are none",
                "`{\"0\": [\"n\", \"a\"]`   | not JSON",
                "`{\"1\": [\"n\", \"a\"]}`  | class 0: it is missing, though there are 1 entries",
                "`{\"0\": \"a\"}`           | class 0: it is not a pair",
                "`{\"0\": [\"n\", 7]}`      | class 0: it is not a pair",
                "`{\"0\": [\"n\", \"\"]}`   | class 0: its name is empty"
            })
    void refusesWhatIsInNeitherForm(String content, String reason) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> ClassNames.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(file.toString(), reason);
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Path file = folder.resolve("names");
        Files.write(file, new byte[] {'a', (byte) 0xff, 'b'});

        assertThatThrownBy(() -> ClassNames.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void refusesAFileThatIsNotThereOrTooLarge() throws IOException {
        assertThatThrownBy(() -> ClassNames.read(folder.resolve("missing")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("missing", "no such file");
        Path large = file("name\n".repeat(2_000_000));
        assertThatThrownBy(() -> ClassNames.read(large))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("larger than 8388608 bytes");
    }

    @Test
    void readsOrRefusesDamagedFiles() {
        byte[] bytes = KERAS.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(2026);
        for (int variant = 0; variant < Integer.getInteger("resnet4j.mutations", 1000); variant++) {
            try {
                assertThat(ClassNames.parse(Mutation.damage(bytes, random)))
                        .isNotEmpty()
                        .allMatch(ClassNames::isPrintable);
            } catch (FormatException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
        }
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("names"), content);
    }
}
