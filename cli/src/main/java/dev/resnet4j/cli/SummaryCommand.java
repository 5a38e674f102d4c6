package dev.resnet4j.cli;

import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Summary;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
            "  resnet4j summary resnet50 --input-shape 224x224x3 --classes 1000",
            "  resnet4j summary runs/hands/model.keras --line-length 80"
        })
final class SummaryCommand implements Runnable {
    private static final Shape TUTORIAL_INPUT = Shape.of(64, 64, 3);
    private static final int TUTORIAL_CLASSES = 6;

    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A .keras file, or a built-in network: resnet50.")
    private String model;

    @Option(
            names = "--input-shape",
            paramLabel = "HxWxC",
            converter = ShapeConverter.class,
            description = "Height, width and channels of a built-in network's pictures (default: 64x64x3).")
    private Shape inputShape;

    @Option(
            names = "--classes",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Outputs of a built-in network (default: 6).")
    private Integer classes;

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
        Network network = BuiltInNetwork.named(model).map(this::build).orElseGet(this::read);
        Summary summary = Summary.of(network, expandNested);
        console.out().print(table(summary));
        console.printResult(Result.of(summary));
    }

    private Network build(BuiltInNetwork builtIn) {
        try {
            return builtIn.build(
                    inputShape == null ? TUTORIAL_INPUT : inputShape, classes == null ? TUTORIAL_CLASSES : classes, 0);
        } catch (InvalidNetworkException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Network read() {
        if (inputShape != null || classes != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--input-shape and --classes are for built-in networks; " + model + " is none of them");
        }
        return KerasFile.read(ModelFile.require(model)).network();
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
