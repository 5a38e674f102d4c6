package dev.resnet4j.cli;

import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A model's file, as it is named on the command line. */
final class ModelFile {
    private ModelFile() {}

    /** The file's path. @throws CommandException if there is no such file */
    static Path require(String name) {
        Path path = path(name);
        if (Files.isDirectory(path)) {
            Path inside = new RunFolder(path).model();
            String advice = Files.exists(inside) ? "give " + inside : "give a model's file";
            throw new CommandException(path + " is a folder, not a model: " + advice);
        }
        if (!Files.exists(path)) {
            throw new CommandException("there is no model " + name
                    + ": give the path of a model's file, .keras, .h5, .pth or .safetensors");
        }
        return path;
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandException(
                    "'" + name + "' is not a path: give the path of a model's file, .keras, .h5, .pth or .safetensors",
                    e);
        }
    }

    /** The network of a model's file, whose weights are not read. */
    static Network network(String name, Optional<Shape> inputShape) {
        return ModelFiles.readNetwork(require(name), inputShape);
    }
}
