package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation.Policy;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.augment.RandomErasing;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.recipe.ClassWeighting;
import dev.resnet4j.engine.recipe.NetworkSettings;
import dev.resnet4j.engine.recipe.OptimizerSettings;
import dev.resnet4j.engine.recipe.PatienceSettings;
import dev.resnet4j.engine.recipe.PictureSettings;
import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.Recipes;
import dev.resnet4j.engine.recipe.ScheduleSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class RecipeOptionsTest {
    private static final String[] ALL_OF_PICTURES =
            ("--random-crop 0.3 --padding 4 --horizontal-flip --vertical-flip --rotation 20 --shift 0.2 --zoom 0.1"
                            + " --brightness 0.3 --contrast 0.4 --saturation 0.5 --hue 0.1 --auto-augment randaugment"
                            + " --randaugment-operations 3 --randaugment-magnitude 12 --random-erasing 0.25 --mixup 0.2"
                            + " --cutmix 1 --sampling balanced --class-weights balanced")
                    .split(" ");

    @Test
    void giveEveryPartOfThePicturesAnew() {
        assertThat(recipe(ALL_OF_PICTURES).pictures())
                .isEqualTo(new PictureSettings(
                        new Augmentation(
                                new Geometry(0.3, 4, 0.5, 0.5, 20, 0.2, 0.1),
                                new AutomaticAugmentation(Policy.RAND_AUGMENT, 3, 12),
                                new ColorJitter(0.3, 0.4, 0.5, 0.1),
                                new RandomErasing(0.25, 0.02, 0.33, 0.3)),
                        new Mixing(0.2, 1),
                        Sampling.BALANCED,
                        ClassWeighting.BALANCED));
    }

    @Test
    void withoutAnyTheRecipeIsAsItIs() {
        assertThat(recipe()).isEqualTo(Recipes.DEFAULT);
        assertThat(recipe("--recipe", "tutorial")).isEqualTo(Recipes.TUTORIAL);
    }

    @Test
    void onePartLeavesTheOthersAsTheRecipeHasThem() {
        Augmentation changed = recipe("--auto-augment", "TrivialAugment", "--no-horizontal-flip")
                .pictures()
                .augmentation();

        assertThat(changed)
                .isEqualTo(
                        Recipes.DEFAULT.pictures().augmentation().withAutomatic(AutomaticAugmentation.TRIVIAL_AUGMENT));
    }

    @Test
    void aRecipeComesBackFromItsJson() throws JsonProcessingException {
        Recipe recipe = recipe(ALL_OF_PICTURES);
        String json = RecordJson.text(recipe);

        assertThat(json).contains("\"policy\":\"rand_augment\"", "\"smallest_crop\":0.3", "\"mixup\":0.2");
        assertThat(RecordJson.MAPPER.readValue(json, Recipe.class)).isEqualTo(recipe);
    }

    @Test
    void giveEveryPartOfTheSteps() {
        Recipe recipe = recipe(("--optimizer sgd --learning-rate 0.2 --momentum 0.8 --no-nesterov --weight-decay 0.001"
                        + " --global-clipnorm 1.5 --gradient-accumulation-steps 2 --schedule step --step-epochs 5,9"
                        + " --step-factor 0.2 --warmup-epochs 0.5 --warmup-share 0.1 --plateau-patience 4"
                        + " --plateau-factor 0.3 --early-stopping 7 --zero-init-residual")
                .split(" "));

        assertThat(recipe.optimizer())
                .isEqualTo(new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.2, 0.8, false, 0.001, 1.5, 2));
        assertThat(recipe.schedule())
                .isEqualTo(new ScheduleSettings(ScheduleSettings.Kind.STEP, 0.5, 0.1, 0, List.of(5, 9), 0.2));
        assertThat(recipe.patience()).isEqualTo(new PatienceSettings(7, 4, 0.3));
        assertThat(recipe.network()).isEqualTo(new NetworkSettings(0.9, true));
    }

    @Test
    void anotherOptimizerOrScheduleBringsItsOwnNumbers() {
        assertThat(recipe("--optimizer", "sgd").optimizer()).isEqualTo(OptimizerSettings.sgd(0.01));
        assertThat(recipe("--recipe", "tutorial", "--schedule", "cosine").schedule())
                .isEqualTo(ScheduleSettings.cosine(1, 0.01));
        assertThat(recipe("--schedule", "constant").schedule()).isEqualTo(ScheduleSettings.CONSTANT);
        assertThat(recipe("--recipe", "cifar", "--optimizer", "sgd")).isEqualTo(Recipes.CIFAR);
    }

    @ParameterizedTest
    @EnumSource
    void aPrintedRecipeGivesItselfOnTopOfAnyOther(RecipeName name) {
        for (RecipeName other : RecipeName.values()) {
            List<String> options = new ArrayList<>(List.of("--recipe", other.toString()));
            RecipeText.all(name.recipe()).forEach(option -> options.addAll(List.of(option.split(" "))));

            Recipe given = recipe(options.toArray(String[]::new));

            // What is not in use stays as the other recipe has it.
            assertThat(RecipeText.all(given)).isEqualTo(RecipeText.all(name.recipe()));
            assertThat(given.compilation(1080)).isEqualTo(name.recipe().compilation(1080));
            assertThat(given.network()).isEqualTo(name.recipe().network());
        }
    }

    @Test
    void refuseNumbersOutOfRange() {
        assertThatThrownBy(() -> recipe("--hue", "0.7")).hasMessageContaining("hue must be from 0 to 0.5");
        assertThatThrownBy(() -> recipe("--mixup", "-1")).hasMessageContaining("mixup");
    }

    private static Recipe recipe(String... arguments) {
        RecipeOptions options = new RecipeOptions();
        new CommandLine(options)
                .registerConverter(RecipeName.class, new WordConverter<>(RecipeName.class))
                .registerConverter(OptimizerSettings.Kind.class, new WordConverter<>(OptimizerSettings.Kind.class))
                .registerConverter(ScheduleSettings.Kind.class, new WordConverter<>(ScheduleSettings.Kind.class))
                .registerConverter(Policy.class, new WordConverter<>(Policy.class))
                .registerConverter(Sampling.class, new WordConverter<>(Sampling.class))
                .registerConverter(ClassWeighting.class, new WordConverter<>(ClassWeighting.class))
                .parseArgs(arguments);
        return options.recipe(RecipeName.DEFAULT);
    }
}
