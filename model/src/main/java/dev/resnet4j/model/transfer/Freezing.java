package dev.resnet4j.model.transfer;

import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What of a network is kept as it is in training. The rest, from some point up to the head, is trained.
 *
 * @param kind what
 * @param stages how many of the last stages are trained besides the head, at least 1; 0 where the kind counts none
 */
public record Freezing(Kind kind, int stages) {
    /** What is frozen. */
    public enum Kind {
        /** Nothing: the whole network is trained. */
        NONE,
        /** All but the head. */
        ALL_BUT_HEAD,
        /** All but the head and some of the last stages. */
        ALL_BUT_STAGES
    }

    /** The whole network is trained. */
    public static final Freezing NONE = new Freezing(Kind.NONE, 0);

    /** The head alone is trained. */
    public static final Freezing ALL_BUT_HEAD = new Freezing(Kind.ALL_BUT_HEAD, 0);

    private static final String COUNTED = "all-but-stages:";

    /** @throws IllegalArgumentException if the number of stages does not go with the kind */
    public Freezing {
        boolean counts = kind == Kind.ALL_BUT_STAGES;
        if (counts ? stages < 1 : stages != 0) {
            throw new IllegalArgumentException(
                    counts
                            ? "at least 1 stage besides the head is trained, but it was " + stages
                            : kind + " counts no stages, but there were " + stages);
        }
    }

    /**
     * All but the head and the last stages.
     *
     * @param stages how many of these are trained, at least 1
     */
    public static Freezing allButStages(int stages) {
        return new Freezing(Kind.ALL_BUT_STAGES, stages);
    }

    /**
     * What a word says: {@code none}, {@code all-but-head} or {@code all-but-stages:2}.
     *
     * @throws IllegalArgumentException if it says nothing of these
     */
    public static Freezing parse(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals(NONE.toString())) {
            return NONE;
        }
        if (word.equals(ALL_BUT_HEAD.toString())) {
            return ALL_BUT_HEAD;
        }
        if (word.matches(COUNTED + "\\d{1,4}")) {
            return allButStages(Integer.parseInt(word.substring(COUNTED.length())));
        }
        throw new IllegalArgumentException(
                "what is frozen is none, all-but-head, or all-but-stages:N such as all-but-stages:2, but was '" + text
                        + "'");
    }

    /** Whether less is frozen than by another one. */
    boolean isLessThan(Freezing other) {
        return trainedStages() > other.trainedStages();
    }

    private int trainedStages() {
        return kind == Kind.NONE ? Integer.MAX_VALUE : stages;
    }

    /**
     * Which layers of a network are frozen, by their names: for {@link Network#withFrozenLayers}.
     *
     * @throws InvalidNetworkException if the network has fewer stages, or does not end in a dense layer where that matters
     */
    public Predicate<String> layersOf(Network network) {
        if (kind == Kind.NONE) {
            return layer -> false;
        }
        Stages found = Stages.of(network);
        if (stages > found.count()) {
            throw new InvalidNetworkException("network '" + network.name() + "' has " + found.count()
                    + " residual stages, so not all but " + stages + " can be frozen");
        }
        return layer -> found.distanceFromHead(layer) > stages;
    }

    /** The word for it. */
    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "none";
            case ALL_BUT_HEAD -> "all-but-head";
            case ALL_BUT_STAGES -> COUNTED + stages;
        };
    }
}
