package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotCommandTest {
    @TempDir
    private Path folder;

    @Test
    void drawsABuiltInNetworkInEachFormat() throws IOException {
        for (String name : new String[] {"model.png", "model.svg", "model.dot"}) {
            Call call = Call.of("plot", "resnet20", "--to", folder.resolve(name));
            assertThat(call.exitStatus()).as(call.err()).isZero();
            assertThat(call.out()).contains(name);
        }

        BufferedImage picture = ImageIO.read(folder.resolve("model.png").toFile());
        assertThat(picture.getHeight()).isGreaterThan(4 * picture.getWidth());
        assertThat(Files.readString(folder.resolve("model.svg"))).contains("<svg", "layer3.2.conv2");
        assertThat(Files.readString(folder.resolve("model.dot"))).startsWith("digraph");
    }

    @Test
    void drawsASavedModelWithItsShapesFromLeftToRight() throws IOException {
        Path file = folder.resolve("model.png");

        Call call = Call.of("plot", TrainedRun.FOLDER.model(), "--to", file, "--shapes", "--left-to-right", "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.json().get("file").asText()).isEqualTo(file.toString());
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());
    }

    @Test
    void refusesOtherPictures() {
        Call call = Call.of("plot", "resnet18", "--to", folder.resolve("model.gif"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("model.gif", ".png", ".svg", ".dot");
        assertThat(call.err().lines()).hasSize(1);
    }

    @Test
    void refusesAnUnknownForm() {
        Call call = Call.of("plot", "resnet50:caffe", "--to", folder.resolve("model.png"));

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err()).contains("caffe", "tutorial, torchvision, keras");
    }
}
