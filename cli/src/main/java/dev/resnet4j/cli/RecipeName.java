package dev.resnet4j.cli;

import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.Recipes;
import java.util.Locale;
import java.util.OptionalLong;

/** The recipes of the command line. */
enum RecipeName {
    /** For about a thousand pictures. */
    DEFAULT("for about a thousand pictures; measured on hand signs"),
    /** For a network that was trained on other pictures. */
    FINETUNE("for a network that was trained on other pictures; measured on hand signs"),
    /** What the tutorial does, kernels from seed 0 included. */
    TUTORIAL("what the tutorial does, to the letter"),
    /** Published, not measured here. */
    CIFAR("CIFAR-10 as in He et al. 2015; not measured here"),
    /** Published, not measured here. */
    IMAGENET("ImageNet as torchvision's IMAGENET1K_V2; not measured here");

    private final String purpose;

    RecipeName(String purpose) {
        this.purpose = purpose;
    }

    Recipe recipe() {
        return switch (this) {
            case DEFAULT -> Recipes.DEFAULT;
            case FINETUNE -> Recipes.FINETUNE;
            case TUTORIAL -> Recipes.TUTORIAL;
            case CIFAR -> Recipes.CIFAR;
            case IMAGENET -> Recipes.IMAGENET;
        };
    }

    /** What it is for, in a few words. */
    String purpose() {
        return purpose;
    }

    /** The seed, where the recipe has one of its own. */
    OptionalLong seed() {
        return this == TUTORIAL ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
