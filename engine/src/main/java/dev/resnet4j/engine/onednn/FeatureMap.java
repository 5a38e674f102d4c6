package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;

/** A batch of feature maps on its way through a training plan, and what comes back to it. */
final class FeatureMap {
    private final Block numbers;
    private final boolean needsGradient;
    private final List<Gradient> gradients = new ArrayList<>();

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
    List<Gradient> gradients() {
        return gradients;
    }

    /** Adds what a layer sends back. */
    void addGradient(Gradient gradient) {
        gradients.add(gradient);
    }

    /** Adds what a layer sends back to it alone. */
    void addGradient(Block numbers) {
        addGradient(new Gradient(numbers, false));
    }

    /**
     * What comes back to a feature map.
     *
     * @param shared whether it comes back to another one too, so that nobody may write over it
     */
    record Gradient(Block numbers, boolean shared) {}
}
