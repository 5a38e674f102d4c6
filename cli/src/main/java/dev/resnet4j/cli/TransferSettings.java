package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.model.transfer.GradualUnfreezing;
import dev.resnet4j.model.transfer.LayerDecay;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How a run starts from a trained model.
 *
 * @param from the model's file, an absolute path
 * @param newHead whether its head is replaced by one that starts anew
 * @param classes the names of the head's outputs, in order; of a new head empty where the training pictures say, of the
 *     trained one empty where its file has no names
 * @param unfreezing which layers are kept as they are, until when
 * @param layerDecay how the learning rate shrinks towards the input
 */
record TransferSettings(
        String from, boolean newHead, List<String> classes, GradualUnfreezing unfreezing, LayerDecay layerDecay) {
    /** @throws NullPointerException if a fact is missing */
    TransferSettings {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(unfreezing, "unfreezing");
        classes = List.copyOf(classes);
        Objects.requireNonNull(layerDecay, "layerDecay");
    }

    /** The classes that the training pictures are to be of, in this order; empty where they decide. */
    List<String> classesOfNewHead() {
        return newHead ? classes : List.of();
    }

    /**
     * The pictures with their classes in the order of the trained head's outputs, where that is kept and has names.
     *
     * @throws CommandException if they are of other classes
     */
    Dataset inOrderOfKeptHead(Dataset pictures) {
        if (newHead || classes.isEmpty()) {
            return pictures;
        }
        TreeSet<String> others = new TreeSet<>(pictures.classNames());
        classes.forEach(others::remove);
        if (!others.isEmpty()) {
            throw new CommandException(
                    "the pictures are of the classes " + NamesText.firstOf(pictures.classNames()) + ", but "
                            + from + " tells " + NamesText.firstOf(classes)
                            + ": give --classes for a new head that learns those of the"
                            + " pictures");
        }
        return pictures.inClassOrder(classes);
    }
}
