package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;

/** A batch of feature maps on its way through a training plan, and what comes back to it. */
final class FeatureMap {
    private final Block numbers;
    private final boolean needsGradient;
    private final List<Block> gradients = new ArrayList<>();

    /** @param needsGradient whether a layer before it learns */
    FeatureMap(Block numbers, boolean needsGradient) {
        this.numbers = numbers;
        this.needsGradient = needsGradient;
    }

    Block numbers() {
        return numbers;
    }

    boolean needsGradient() {
        return needsGradient;
    }

    /** What each layer that takes it has sent back so far. */
    List<Block> gradients() {
        return gradients;
    }

    /** Adds what a layer sends back. */
    void addGradient(Block gradient) {
        gradients.add(gradient);
    }
}
