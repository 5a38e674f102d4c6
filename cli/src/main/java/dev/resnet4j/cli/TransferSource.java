package dev.resnet4j.cli;

import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * The trained model that a run starts from.
 *
 * @param path of its file
 * @param model what the file holds
 * @param notes what the person should know of the file
 */
record TransferSource(Path path, SavedModel model, List<String> notes) {
    /**
     * Reads it.
     *
     * @throws CommandException if there is no such file, or its network takes no pictures
     * @throws dev.resnet4j.formats.FormatException if the file cannot be used
     */
    static TransferSource read(String from) {
        Path path = ModelFile.require(from);
        ModelFiles.Loaded loaded = ModelFiles.read(path, ReadOptions.DEFAULT);
        Shape input = loaded.model().network().inputShape();
        if (input.rank() != 3) {
            throw new CommandException(path + " takes inputs of shape " + input
                    + ", not pictures: give a network that takes (height, width, channels)");
        }
        return new TransferSource(path, loaded.model(), loaded.notes());
    }

    /** The size of its pictures. */
    ImageSize imageSize() {
        Shape input = model.network().inputShape();
        return new ImageSize(input.height(), input.width());
    }

    /** How pixels become its numbers; the tutorial's way where the file does not say. */
    Preprocessing preprocessing() {
        return Preprocessing.parse(model.facts().preprocessing());
    }

    /** Whether the file says how pixels become numbers: files of Keras itself do not. */
    boolean knowsPreprocessing() {
        return !model.facts().equals(TrainingFacts.NONE);
    }

    /** The names of its outputs; empty where the file has none. */
    List<String> classNames() {
        return model.facts().classNames();
    }
}
