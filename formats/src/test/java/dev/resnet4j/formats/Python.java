package dev.resnet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Python with h5py, which Keras itself reads and writes with. */
public final class Python {
    private Python() {}

    /** What a script prints about a file; the test that asks is skipped where there is no Python with h5py. */
    public static String run(String script, Path argument) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("/usr/bin/python3", "-c", script, argument.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: there is no Python here");
            throw e;
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(!printed.contains("No module named"), "skipped: this Python has no h5py");
        assertThat(process.exitValue()).as(printed).isZero();
        return printed.strip();
    }
}
