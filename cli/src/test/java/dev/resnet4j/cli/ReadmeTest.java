package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.data.signs.Signs;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples, compiled as they stand and run on small data: only their folders are put elsewhere. */
class ReadmeTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstExampleTrainsSavesLoadsAndPredicts() throws Exception {
        Dataset pictures = Signs.testSet(0).take(8);
        Files.createDirectory(folder.resolve("datasets"));
        writeHdf5(pictures, "train");
        writeHdf5(pictures, "test");
        ImageFiles.writePng(pictures.images().get(0), folder.resolve("hand.png"));

        String printed = JavaExample.of("README.md", 0).run(folder);

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
        String printed = JavaExample.of("README.md", 1)
                .before("System.out.println(network.nodes().size());")
                .run(folder);

        assertThat(printed.strip()).isEqualTo("26");
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
}
