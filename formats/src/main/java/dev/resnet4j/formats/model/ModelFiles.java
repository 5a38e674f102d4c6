package dev.resnet4j.formats.model;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.formats.onnx.OnnxFile;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and writes models in files of all formats that resnet4j knows. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * A model that was read.
     *
     * @param model network, weights and what else the file holds
     * @param notes what a person should know: weights that were left out or found no place
     */
    public record Loaded(SavedModel model, List<String> notes) {}

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is missing, damaged, or asks for what resnet4j does not have; nothing is
     *     half-loaded
     */
    public static Loaded read(Path path, ReadOptions options) {
        return switch (ModelFormat.ofContent(path)) {
            case KERAS -> new Loaded(KerasFile.read(path), List.of());
            case KERAS_HDF5, KERAS_WEIGHTS, KERAS_JSON, PYTORCH, SAFETENSORS, ONNX ->
                throw new UnsupportedOperationException("not read yet");
        };
    }

    /**
     * Reads the layers of a model and, where that can be avoided, not its weights.
     *
     * @param inputShape (height, width, channels) of the pictures, where the file leaves them open
     * @throws FormatException if the file is missing, damaged, or asks for what resnet4j does not have
     */
    public static Network readNetwork(Path path, Optional<Shape> inputShape) {
        return read(path, ReadOptions.DEFAULT).model().network();
    }

    /**
     * Writes a model in the format that the file's name asks for. The file is written beside its place and moved there
     * when it is whole.
     *
     * @param onnx what an ONNX graph takes and gives
     * @throws FormatException if the name's ending is none of a model's file, the format cannot hold the model, or the
     *     file cannot be written
     */
    public static void write(SavedModel model, Path path, OnnxOptions onnx) {
        switch (ModelFormat.ofName(path)) {
            case KERAS -> KerasFile.write(model, path);
            case ONNX -> OnnxFile.write(model, path, onnx);
            case KERAS_HDF5, KERAS_WEIGHTS, KERAS_JSON, PYTORCH, SAFETENSORS ->
                throw new UnsupportedOperationException("not written yet");
        }
    }
}
