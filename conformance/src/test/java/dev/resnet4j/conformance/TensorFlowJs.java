package dev.resnet4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs Keras models in TensorFlow.js, whose readers and kernels are not ours, by the machine's own Node.js. Its packages
 * are fetched once into {@code target/tfjs}.
 *
 * <p>Where Node.js or npm is absent, or the packages cannot be fetched, the test that asks is skipped; where the
 * environment variable {@code CI} is {@code true} it fails.
 */
final class TensorFlowJs {
    private static final Path SOURCES = Path.of("src", "test", "tfjs");
    private static final Path INSTALLED = Path.of("target", "tfjs");
    private static final String PACKAGES = "package.json";
    private static final String SCRIPT = "predict.js";
    private static final long MINUTES = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Why it does not run here; empty where it does. */
    private static final Optional<String> OBSTACLE = install();

    private TensorFlowJs() {}

    /**
     * The outputs of a model with one input and one output.
     *
     * @param modelTopology the model's configuration as JSON, in Keras 2's form or Keras 3's: what stands in the attribute
     *     {@code model_config} of a legacy {@code .h5} file, or in {@code config.json} of a {@code .keras} file
     * @param weights all weights of the model by Keras's names, {@code conv/kernel} or {@code conv/kernel:0}; those of
     *     nested models by the layer's own name, too
     * @param input a batch of inputs: (batch, height, width, channels)
     * @return a batch of outputs
     * @throws IllegalStateException if TensorFlow.js does not take the model or the weights, with what it says
     */
    static NdArray predict(String modelTopology, Map<String, NdArray> weights, NdArray input) {
        requireInstalled();
        try {
            Path folder = Files.createTempDirectory(INSTALLED, "call");
            try {
                Files.writeString(folder.resolve("topology.json"), modelTopology);
                writeWeights(weights, folder);
                write(List.of(input), folder.resolve("input.bin"));
                JSON.writeValue(
                        folder.resolve("input.json").toFile(), input.shape().dimensions());
                call(folder);
                return read(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test that asks, or fails it in CI, where TensorFlow.js does not run. */
    static void requireInstalled() {
        if (OBSTACLE.isPresent()) {
            String message = "TensorFlow.js does not run here: " + OBSTACLE.get();
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(message);
            }
            Assumptions.abort(message);
        }
    }

    private static Optional<String> install() {
        Path done = INSTALLED.resolve("installed.json");
        try {
            Files.createDirectories(INSTALLED);
            for (String name : List.of(PACKAGES, SCRIPT)) {
                Files.copy(SOURCES.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(done) || Files.mismatch(done, INSTALLED.resolve(PACKAGES)) >= 0) {
                run(
                        INSTALLED,
                        "npm",
                        "install",
                        "--no-package-lock",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=1",
                        "--loglevel=error");
                Files.copy(INSTALLED.resolve(PACKAGES), done, StandardCopyOption.REPLACE_EXISTING);
            }
            run(INSTALLED, "node", "--version");
            return Optional.empty();
        } catch (IOException | IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void call(Path folder) throws IOException {
        run(INSTALLED, "node", SCRIPT, INSTALLED.relativize(folder).toString());
    }

    private static void writeWeights(Map<String, NdArray> weights, Path folder) throws IOException {
        ArrayNode specifications = JSON.createArrayNode();
        List<NdArray> arrays = new ArrayList<>();
        weights.forEach((name, array) -> {
            ObjectNode specification = specifications.addObject();
            specification.put("name", name.replaceFirst(":0$", ""));
            specification.set("shape", JSON.valueToTree(array.shape().dimensions()));
            specification.put("dtype", "float32");
            arrays.add(array);
        });
        JSON.writeValue(folder.resolve("weights.json").toFile(), specifications);
        write(arrays, folder.resolve("weights.bin"));
    }

    private static void write(List<NdArray> arrays, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (NdArray array : arrays) {
                for (float value : array.values()) {
                    out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
                }
            }
        }
    }

    private static NdArray read(Path folder) throws IOException {
        JsonNode sizes = JSON.readTree(folder.resolve("output.json").toFile());
        List<Integer> dimensions = new ArrayList<>();
        sizes.forEach(size -> dimensions.add(size.asInt()));
        byte[] bytes = Files.readAllBytes(folder.resolve("output.bin"));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new NdArray(new Shape(dimensions), values);
    }

    /** Runs a program to its end. @throws IllegalStateException with what it printed, if it fails */
    private static void run(Path folder, String... command) throws IOException {
        Path printed = Files.createTempFile(INSTALLED, "printed", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            process.getOutputStream().close();
            if (!endsInTime(process) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + beginning(printed));
            }
        } finally {
            Files.delete(printed);
        }
    }

    private static boolean endsInTime(Process process) {
        try {
            return process.waitFor(MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String beginning(Path printed) throws IOException {
        try (InputStream in = Files.newInputStream(printed)) {
            return new String(in.readNBytes(4_000), StandardCharsets.UTF_8).strip();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
