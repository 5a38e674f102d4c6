package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipesCommandTest {
    private static final Path PAGE = Path.of("..", "docs", "recipes.md");

    @Test
    void listsTheRecipesAsThePageOnThemDoes() throws IOException {
        Call call = Call.of("recipes");

        assertThat(call.exitStatus()).isZero();
        assertThat(Files.readString(PAGE)).contains(call.out());
    }

    @ParameterizedTest
    @EnumSource
    void thePageHasWhatEachRecipeSwitchesOn(RecipeName name) throws IOException {
        String lines = String.join("\n", RecipeText.inUseInLines(name.recipe()));

        assertThat(Files.readString(PAGE)).contains("\n" + name + "\n" + lines + "\n");
    }

    @Test
    void printsTheOptionsOfOneAndItsJson() throws JsonProcessingException {
        Call call = Call.of("recipes", "imagenet", "--json");

        assertThat(call.exitStatus()).isZero();
        assertThat(call.out()).contains("\n  --weight-decay 0.00002\n", "\n  --no-nesterov\n", "\n  --mixup 0.2\n");
        assertThat(RecordJson.MAPPER.treeToValue(call.json(), Recipe.class)).isEqualTo(Recipes.IMAGENET);
    }

    @Test
    void refusesANameThatIsNone() {
        Call call = Call.of("recipes", "cifar100");

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err()).contains("cifar100", "default or finetune");
    }
}
