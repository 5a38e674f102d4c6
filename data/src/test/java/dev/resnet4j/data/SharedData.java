package dev.resnet4j.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data that some tests read, where it lies beside the checkout. */
public final class SharedData {
    private SharedData() {}

    /** A file of the shared material; the test that asks is skipped where it is absent. */
    public static Path require(String name) {
        Path file = Path.of(System.getProperty("resnet4j.shared", "../../shared"), "data", name)
                .normalize();
        assumeTrue(Files.exists(file), () -> "skipped: the shared material is absent, there is no " + file);
        return file;
    }
}
