package dev.resnet4j.formats.onnx;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.model.layer.Network;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * ONNX files: a network and its weights as a graph of operators that ONNX Runtime and other runtimes run.
 *
 * <p>The graph holds what a prediction needs: nothing about training, no dropout. The size of the batch is free. Class
 * names, preprocessing and input size stand in the metadata.
 */
public final class OnnxFile {
    /** What protobuf can count, less room for all that is no weight. */
    private static final long MOST_BYTES_OF_WEIGHTS = Integer.MAX_VALUE - (64L << 20);

    private OnnxFile() {}

    /**
     * Writes a model. The file is written beside its place and moved there when it is whole, so an older file at the
     * path stays whole if anything fails.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written, would be larger than the 2 GB that such files can be, or
     *     the preprocessing does not fit the network's input
     */
    public static void write(SavedModel model, Path path, OnnxOptions options) {
        OutputFile.write(path, beside -> {
            requireWritableSize(model.network());
            write(ModelMessage.of(model, options), beside);
        });
    }

    private static void write(ModelProto model, Path path) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW))) {
            model.writeTo(out);
        }
    }

    private static void requireWritableSize(Network network) {
        long bytes = Math.multiplyExact(network.parameters(), (long) Float.BYTES);
        if (bytes > MOST_BYTES_OF_WEIGHTS) {
            throw new FormatException(
                    "weights",
                    "they take " + bytes + " bytes, and an ONNX file can be no larger than 2 GB",
                    "export a smaller network, or save it in another format");
        }
    }
}
