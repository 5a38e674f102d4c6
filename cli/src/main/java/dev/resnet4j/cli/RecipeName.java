package dev.resnet4j.cli;

import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.Recipes;
import java.util.Locale;
import java.util.OptionalLong;

/** The recipes of the command line. */
enum RecipeName {
    /** For about a thousand pictures. */
    DEFAULT,
    /** For a network that was trained on other pictures. */
    FINETUNE,
    /** What the tutorial does, kernels from seed 0 included. */
    TUTORIAL;

    Recipe recipe() {
        return switch (this) {
            case DEFAULT -> Recipes.DEFAULT;
            case FINETUNE -> Recipes.FINETUNE;
            case TUTORIAL -> Recipes.TUTORIAL;
        };
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
