package dev.resnet4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import picocli.CommandLine.ExitCode;

/**
 * What people do most, once in small: a training and a prediction. The start script runs it to learn which classes that
 * takes, and archives them.
 */
final class Rehearsal {
    private static final int SIZE = 32;
    private static final int PICTURES_A_CLASS = 2;

    private Rehearsal() {}

    /** Rehearses in a folder, which is made and left. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Path pictures = folder.resolve("pictures");
        for (String name : List.of("a", "b")) {
            Path ofClass = Files.createDirectories(pictures.resolve(name));
            for (int number = 1; number <= PICTURES_A_CLASS; number++) {
                draw(ofClass.resolve(number + ".jpg"));
            }
        }
        Path run = folder.resolve("run");
        call(
                "train",
                "--model=resnet20",
                "--data=" + pictures,
                "--test=" + pictures,
                "--epochs=1",
                "--batch-size=" + 2 * PICTURES_A_CLASS,
                "--out=" + run);
        call(
                "predict",
                run.resolve("model.keras").toString(),
                pictures.resolve("a/1.jpg").toString());
    }

    private static void draw(Path picture) throws IOException {
        try (OutputStream out = Files.newOutputStream(picture)) {
            ImageIO.write(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB), "jpg", out);
        }
    }

    private static void call(String... arguments) {
        PrintWriter silent = new PrintWriter(Writer.nullWriter());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        int status = ResNet4jCommand.run(Terminal.NONE, silent, err, arguments);
        if (status != ExitCode.OK) {
            throw new IllegalStateException(arguments[0] + " ended with status " + status);
        }
    }
}
