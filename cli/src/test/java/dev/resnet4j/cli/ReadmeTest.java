package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.data.signs.Signs;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples, compiled as they stand and run on small data: only their folders are put elsewhere. */
class ReadmeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final List<String> IMPORTS = List.of(
            "java.nio.file.*",
            "dev.resnet4j.data.*",
            "dev.resnet4j.engine.*",
            "dev.resnet4j.model.layer.*",
            "dev.resnet4j.model.network.*",
            "dev.resnet4j.model.resnet.*",
            "dev.resnet4j.model.tensor.*",
            "dev.resnet4j.model.training.*",
            "dev.resnet4j.plot.*");

    @TempDir
    private Path folder;

    @Test
    void theFirstExampleTrainsSavesLoadsAndPredicts() throws Exception {
        Dataset pictures = Signs.testSet(0).take(8);
        Files.createDirectory(folder.resolve("datasets"));
        writeHdf5(pictures, "train");
        writeHdf5(pictures, "test");
        ImageFiles.writePng(pictures.images().get(0), folder.resolve("hand.png"));

        String printed = run(example(0));

        assertThat(printed)
                .containsPattern("Loss = \\d+\\.\\d+")
                .containsPattern("Test Accuracy = [01]\\.\\d+")
                .containsPattern("(?m)^[0-5]$")
                .contains("Total params: 23,600,006");
        assertThat(folder.resolve("ResNet50.keras")).isNotEmptyFile();
        assertThat(ImageIO.read(folder.resolve("model.png").toFile()).getHeight())
                .isGreaterThan(10_000);
    }

    @Test
    void theSecondExampleBuildsANetwork() throws Exception {
        String printed = run(example(1) + "System.out.println(network.nodes().size());");

        assertThat(printed.strip()).isEqualTo("26");
    }

    private static String example(int number) throws IOException {
        Matcher blocks = JAVA_BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
        for (int block = 0; block <= number; block++) {
            assertThat(blocks.find()).as("README.md has Java block %d", block).isTrue();
        }
        return blocks.group(1);
    }

    private void writeHdf5(Dataset dataset, String prefix) {
        byte[][][][] pictures = new byte[dataset.size()][dataset.height()][dataset.width()][3];
        for (int index = 0; index < dataset.size(); index++) {
            byte[] pixels = dataset.images().get(index).pixels();
            for (int place = 0; place < pixels.length; place++) {
                int pixel = place / 3;
                // jhdf writes signed bytes only, and the reader takes 0 to 255.
                pictures[index][pixel / dataset.width()][pixel % dataset.width()][place % 3] =
                        (byte) (Byte.toUnsignedInt(pixels[place]) / 2);
            }
        }
        try (WritableHdfFile file = HdfFile.write(folder.resolve("datasets/" + prefix + "_signs.h5"))) {
            file.putDataset(prefix + "_set_x", pictures);
            file.putDataset(
                    prefix + "_set_y",
                    dataset.labels().stream().mapToLong(Integer::longValue).toArray());
            file.putDataset("list_classes", new long[] {0, 1, 2, 3, 4, 5});
        }
    }

    private String run(String statements) throws Exception {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Example { public static void run() throws Exception {\n")
                .append(statements.replace("Path.of(\"", "Path.of(\"" + folder + "/"))
                .append("}}\n");
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = compiler.run(
                null, messages, messages, "-cp", System.getProperty("java.class.path"), "-proc:none", file.toString());
        assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        return printedBy(file.getParent());
    }

    private static String printedBy(Path classes) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
