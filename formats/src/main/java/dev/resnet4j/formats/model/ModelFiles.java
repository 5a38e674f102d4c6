package dev.resnet4j.formats.model;

import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.formats.keras.KerasHdf5File;
import dev.resnet4j.formats.keras.KerasWeightsFile;
import dev.resnet4j.formats.keras.LoadedWeights;
import dev.resnet4j.formats.keras.ModelJson;
import dev.resnet4j.formats.onnx.OnnxFile;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.formats.pytorch.PyTorchFile;
import dev.resnet4j.formats.pytorch.TorchResNet;
import dev.resnet4j.formats.safetensors.SafetensorsFile;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and writes models in files of all formats that resnet4j knows. */
public final class ModelFiles {
    private static final Set<ModelFormat> STATE_DICTS = Set.of(ModelFormat.PYTORCH, ModelFormat.SAFETENSORS);
    private static final long LARGEST_JSON = 16 << 20;

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
        ModelFormat format = ModelFormat.ofContent(path);
        if (options.architecture().isPresent() && format != ModelFormat.KERAS_HDF5) {
            throw new FormatException(
                    path.toString(),
                    "it has its own layers, so no architecture can be given",
                    "leave the architecture out, or give weights alone of Keras (.h5)");
        }
        return switch (format) {
            case KERAS -> new Loaded(KerasFile.read(path), List.of());
            case PYTORCH -> new Loaded(ofStateDict(path, PyTorchFile.read(path), options), List.of());
            case SAFETENSORS -> new Loaded(ofStateDict(path, SafetensorsFile.read(path), options), List.of());
            case KERAS_JSON ->
                throw new FormatException(
                        path.toString(),
                        "it holds a model's layers and no weights",
                        "give weights and name this file as their --architecture");
            case KERAS_HDF5, KERAS_WEIGHTS -> ofHdf5(path, options);
            case ONNX -> throw new AssertionError("an ONNX file is refused before");
        };
    }

    private static Loaded ofHdf5(Path path, ReadOptions options) {
        if (options.architecture().isPresent()) {
            return ofWeights(path, options.architecture().get(), options);
        }
        SavedModel model = options.inputShape().isPresent()
                ? KerasHdf5File.read(path, options.inputShape().get())
                : KerasHdf5File.read(path);
        return new Loaded(model, List.of());
    }

    private static Loaded ofWeights(Path path, Network network, ReadOptions options) {
        LoadedWeights loaded = KerasWeightsFile.read(
                path,
                network,
                Weights.initialize(network),
                options.byName() ? KerasWeightsFile.Matching.NAME : KerasWeightsFile.Matching.POSITION,
                options.skipMismatch());
        List<String> notes = new ArrayList<>(loaded.mismatched());
        if (!loaded.missing().isEmpty()) {
            notes.add("the file has no weights for " + String.join(", ", loaded.missing())
                    + ", which keep their initial ones");
        }
        if (!loaded.superfluous().isEmpty()) {
            notes.add("the file's weights of " + String.join(", ", loaded.superfluous())
                    + " have no place in the network");
        }
        return new Loaded(new SavedModel(network, loaded.weights()), notes);
    }

    private static SavedModel ofStateDict(Path path, StateDict stateDict, ReadOptions options) {
        try {
            return options.inputShape().isPresent()
                    ? TorchResNet.toModel(stateDict, sizeOf(options.inputShape().get()))
                    : TorchResNet.toModel(stateDict);
        } catch (FormatException e) {
            throw e.in(path);
        }
    }

    private static Size2D sizeOf(Shape picture) {
        return new Size2D(picture.height(), picture.width());
    }

    /**
     * Reads the layers of a model and, where that can be avoided, not its weights.
     *
     * @param inputShape (height, width, channels) of the pictures, where the file leaves them open
     * @throws FormatException if the file is missing, damaged, or asks for what resnet4j does not have
     */
    public static Network readNetwork(Path path, Optional<Shape> inputShape) {
        if (ModelFormat.ofContent(path) == ModelFormat.KERAS_JSON) {
            return ExistingFile.read(path, file -> readJson(file, inputShape));
        }
        ReadOptions options =
                inputShape.map(ReadOptions.DEFAULT::withInputShape).orElse(ReadOptions.DEFAULT);
        return read(path, options).model().network();
    }

    private static Network readJson(Path path, Optional<Shape> inputShape) throws IOException {
        if (Files.size(path) > LARGEST_JSON) {
            throw new FormatException(
                    "JSON",
                    "it has " + Files.size(path) + " bytes, more than a configuration of " + LARGEST_JSON,
                    "give the JSON of a model's configuration alone");
        }
        String json = Files.readString(path);
        return inputShape.isPresent() ? ModelJson.read(json, inputShape.get()) : ModelJson.read(json);
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
            case KERAS_JSON ->
                OutputFile.write(path, beside -> Files.writeString(beside, ModelJson.writeKeras3(model.network())));
            case PYTORCH, SAFETENSORS -> writeStateDict(stateDictOf(model, path), path);
            case KERAS_HDF5 -> KerasHdf5File.write(model, path);
            case KERAS_WEIGHTS -> KerasWeightsFile.writeKeras3(model.network(), model.weights(), path);
        }
    }

    private static StateDict stateDictOf(SavedModel model, Path path) {
        try {
            return TorchResNet.toStateDict(model.network(), model.weights());
        } catch (FormatException e) {
            throw e.in(path);
        }
    }

    private static void writeStateDict(StateDict stateDict, Path path) {
        if (ModelFormat.ofName(path) == ModelFormat.SAFETENSORS) {
            SafetensorsFile.write(stateDict, path);
        } else {
            PyTorchFile.write(stateDict, path);
        }
    }

    /**
     * Writes the arrays of one file of a state dict into another, whatever network they are of, PyTorch's counters too.
     *
     * @return the arrays; empty if one of the files is no state dict's, and nothing is written
     * @throws FormatException if a file cannot be read or written
     */
    public static Optional<StateDict> copyStateDict(Path from, Path to) {
        ModelFormat source = ModelFormat.ofContent(from);
        if (!STATE_DICTS.contains(source) || !STATE_DICTS.contains(ModelFormat.ofName(to))) {
            return Optional.empty();
        }
        StateDict stateDict = source == ModelFormat.PYTORCH ? PyTorchFile.read(from) : SafetensorsFile.read(from);
        writeStateDict(stateDict, to);
        return Optional.of(stateDict);
    }
}
