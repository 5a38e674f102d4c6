package dev.resnet4j.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/** The subcommands by their names. */
final class Subcommands {
    private static final String COMPLETION = "generate-completion";

    /** In the order of the help. Lambdas, because a reference to a constructor would load the command's class. */
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("train", () -> new TrainCommand());
        ALL.put("evaluate", () -> new EvaluateCommand());
        ALL.put("report", () -> new ReportCommand());
        ALL.put("predict", () -> new PredictCommand());
        ALL.put("summary", () -> new SummaryCommand());
        ALL.put("plot", () -> new PlotCommand());
        ALL.put("convert", () -> new ConvertCommand());
        ALL.put("explain", () -> new ExplainCommand());
        ALL.put("gradients", () -> new GradientsCommand());
        ALL.put("recipes", () -> new RecipesCommand());
        ALL.put("find-rate", () -> new FindRateCommand());
        ALL.put("blocks", () -> new BlocksCommand());
        ALL.put(COMPLETION, () -> new GenerateCompletion());
    }

    private Subcommands() {}

    /**
     * Adds the subcommand that is called; where that is none, or one that tells of all others, all of them. Making each
     * takes longer than many a command does.
     */
    static void addTo(CommandLine resnet4j, String[] arguments) {
        String called = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse(COMPLETION);
        if (ALL.containsKey(called) && !called.equals(COMPLETION)) {
            resnet4j.addSubcommand(called, ALL.get(called).get());
        } else {
            ALL.forEach((name, command) -> resnet4j.addSubcommand(name, command.get()));
        }
    }
}
