package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All by which a state dict differs from the arrays of a network. */
final class ArrayProblems {
    /** How many batches a batch normalisation has seen: of no use here, and missing in files of early versions. */
    static final String BATCH_COUNTER = "num_batches_tracked";

    private static final int MOST_NAMED = 12;

    private final List<String> missing = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();
    private final List<String> superfluous;

    ArrayProblems(List<TorchArray> expected, StateDict stateDict) {
        Set<String> rest = new LinkedHashSet<>(stateDict.tensors().keySet());
        for (TorchArray array : expected) {
            rest.remove(array.name());
            array.batchCounter().ifPresent(rest::remove);
            compare(array, stateDict.tensors().get(array.name()));
        }
        superfluous = List.copyOf(rest);
    }

    private void compare(TorchArray expected, Tensor tensor) {
        if (tensor == null) {
            missing.add(expected.name());
        } else if (!(tensor instanceof FloatTensor)) {
            misshapen.add(expected.name() + " (whole numbers)");
        } else if (!tensor.shape().equals(expected.shape())) {
            misshapen.add(expected.name() + " (" + tensor.shape() + ", not " + expected.shape() + ")");
        }
    }

    /** @throws FormatException that names everything, if there is anything */
    void throwIfAny(String network) {
        List<String> problems = new ArrayList<>();
        describe("missing", missing, problems);
        describe("of another shape", misshapen, problems);
        describe("superfluous", superfluous, problems);
        if (!problems.isEmpty()) {
            throw new FormatException(
                    "state dict",
                    "its arrays are not those of " + network + ": " + String.join("; ", problems),
                    "give a ResNet of torchvision, timm or for CIFAR as it was saved");
        }
    }

    private static void describe(String what, List<String> names, List<String> problems) {
        if (!names.isEmpty()) {
            int more = names.size() - MOST_NAMED;
            String named = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
            problems.add(what + " " + named + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
