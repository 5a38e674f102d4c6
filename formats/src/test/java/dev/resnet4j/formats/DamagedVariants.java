package dev.resnet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * Reads many damaged variants of a file, as many as the system property {@code resnet4j.mutations} says. Each must be read
 * or refused in one line that begins with the file's path; anything else fails the test.
 */
public final class DamagedVariants {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private DamagedVariants() {}

    /** How many variants there are of a format that one test damages. */
    public static int count() {
        return count(1);
    }

    /** How many variants there are for each of several tests that damage one format. */
    public static int count(int tests) {
        return Integer.getInteger("resnet4j.mutations", 1000) / tests;
    }

    /** Puts damaged bytes into a file. */
    public interface Writer {
        void write(byte[] damaged) throws IOException;
    }

    /** How many are refused. */
    public static int refused(byte[] whole, Path file, Writer writer, ExistingFile.Reader<?> reader) {
        return refused(count(), whole, file, writer, reader);
    }

    /** How many of so many variants are refused. */
    public static int refused(int variants, byte[] whole, Path file, Writer writer, ExistingFile.Reader<?> reader) {
        return assertTimeoutPreemptively(LIMIT, () -> {
            Random random = new Random(1);
            int refused = 0;
            for (int variant = 0; variant < variants; variant++) {
                writer.write(Mutation.damage(whole, random));
                try {
                    reader.read(file);
                } catch (FormatException e) {
                    assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
                    refused++;
                }
            }
            return refused;
        });
    }
}
