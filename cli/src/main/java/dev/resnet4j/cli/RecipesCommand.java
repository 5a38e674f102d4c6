package dev.resnet4j.cli;

import dev.resnet4j.engine.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the recipes. */
@Command(
        name = "recipes",
        sortOptions = false,
        header = "Print the recipes of training.",
        description = {
            "Lists the recipes; of one that is named, prints all its numbers as the options of 'train' that give them.",
            ""
        },
        footer = {"", "Examples:", "  resnet4j recipes", "  resnet4j recipes default"})
final class RecipesCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of ${COMPLETION-CANDIDATES}.")
    private RecipeName name;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Console console = resnet4j.console();
        if (name == null) {
            Arrays.stream(RecipeName.values())
                    .forEach(each -> console.print(String.format("%-9s %s", each, each.purpose())));
            console.printResult(new Result(
                    Arrays.stream(RecipeName.values()).map(RecipeName::recipe).toList()));
        } else {
            console.print(name + ": " + name.purpose());
            RecipeText.all(name.recipe()).forEach(option -> console.print("  " + option));
            console.printResult(name.recipe());
        }
    }

    private record Result(List<Recipe> recipes) {}
}
