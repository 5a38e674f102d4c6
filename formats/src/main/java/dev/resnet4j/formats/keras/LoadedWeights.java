package dev.resnet4j.formats.keras;

import dev.resnet4j.model.network.Weights;
import java.util.List;

/**
 * Weights that were loaded into a network, and what became of the file's layers.
 *
 * @param weights all weights of the network: the file's, and elsewhere those from before
 * @param loaded the network's layers that took the file's weights, in the network's order
 * @param mismatched what did not fit and was skipped, one sentence each
 * @param missing layers of the network that have weights, none of which the file has
 * @param superfluous layers of the file that have weights, and no place in the network
 */
public record LoadedWeights(
        Weights weights, List<String> loaded, List<String> mismatched, List<String> missing, List<String> superfluous) {
    /** Takes copies of the lists. */
    public LoadedWeights {
        loaded = List.copyOf(loaded);
        mismatched = List.copyOf(mismatched);
        missing = List.copyOf(missing);
        superfluous = List.copyOf(superfluous);
    }

    /** Whether every weight of the network came from the file, and every one of the file went into the network. */
    public boolean isComplete() {
        return mismatched.isEmpty() && missing.isEmpty() && superfluous.isEmpty();
    }
}
