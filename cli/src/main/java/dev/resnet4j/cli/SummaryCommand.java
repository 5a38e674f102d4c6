package dev.resnet4j.cli;

import dev.resnet4j.model.network.Summary;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a network's layers. */
@Command(
        name = "summary",
        sortOptions = false,
        header = "Print the layers of a network.",
        description = {
            "Prints a table in the layout of Keras's model.summary(): layers, output shapes, numbers of parameters.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j summary resnet50",
            "  resnet4j summary resnet50:torchvision --input-shape 224x224x3 --classes 1000",
            "  resnet4j summary runs/hands/model.keras --line-length 80"
        })
final class SummaryCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkArgument network;

    @Option(
            names = "--line-length",
            paramLabel = "N",
            defaultValue = "" + Summary.DEFAULT_LINE_LENGTH,
            converter = PositiveNumber.class,
            description = "Characters in a line, at least 40 (default: ${DEFAULT-VALUE}).")
    private int lineLength;

    @Option(names = "--expand-nested", description = "Show the layers inside nested models, too.")
    private boolean expandNested;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin
    HelpOption help;

    /** How the table is printed. */
    enum Format {
        TEXT,
        MARKDOWN
    }

    @Override
    public void run() {
        Console console = resnet4j.console();
        Summary summary = Summary.of(network.network(), expandNested);
        console.out().print(table(summary));
        console.printResult(Result.of(summary));
    }

    private String table(Summary summary) {
        try {
            return switch (format) {
                case TEXT -> summary.toText(lineLength);
                case MARKDOWN -> summary.toMarkdown();
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private record Result(
            String name, int layerCount, long parameters, long trainableParameters, List<LayerResult> layers) {
        static Result of(Summary summary) {
            return new Result(
                    summary.name(),
                    summary.rows().size(),
                    summary.parameters(),
                    summary.trainableParameters(),
                    summary.rows().stream().map(LayerResult::of).toList());
        }
    }

    private record LayerResult(
            int depth, String name, String type, List<Integer> outputShape, long parameters, List<String> connectedTo) {
        static LayerResult of(Summary.Row row) {
            return new LayerResult(
                    row.depth(),
                    row.name(),
                    row.type(),
                    row.outputShape().dimensions(),
                    row.parameters(),
                    row.connectedTo());
        }
    }
}
