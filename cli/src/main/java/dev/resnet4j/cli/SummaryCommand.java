package dev.resnet4j.cli;

import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
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

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Console console = resnet4j.console();
        Network network = BuiltInNetwork.named(model).map(this::build).orElseGet(this::read);
        console.out().print(table(network));
        console.printResult(Result.of(network));
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

    private String table(Network network) {
        try {
            return Summary.of(network, lineLength);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private record Result(
            String name, int layerCount, long parameters, long trainableParameters, List<LayerResult> layers) {
        static Result of(Network network) {
            return new Result(
                    network.name(),
                    network.nodes().size(),
                    network.parameters(),
                    network.trainableParameters(),
                    network.nodes().stream().map(LayerResult::of).toList());
        }
    }

    private record LayerResult(
            String name, String type, List<Integer> outputShape, long parameters, List<String> inputs) {
        static LayerResult of(Node node) {
            return new LayerResult(
                    node.name(),
                    node.layer().className(),
                    node.outputShape().dimensions(),
                    node.parameters(),
                    node.inputs());
        }
    }
}
