package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.ClassWeights;
import java.util.List;
import java.util.Locale;

/** How much the loss of each class's pictures counts. */
public enum ClassWeighting {
    /** All the same, so that a class counts by the number of its pictures. */
    EQUAL,
    /** Each class the same in all: {@link ClassWeights#balanced}. */
    BALANCED;

    /** The weight of each class; empty where all count the same. */
    List<Double> of(Dataset training) {
        return switch (this) {
            case EQUAL -> List.of();
            case BALANCED -> ClassWeights.balanced(training);
        };
    }

    /** The word for it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
