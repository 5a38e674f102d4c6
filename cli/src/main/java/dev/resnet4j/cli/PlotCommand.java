package dev.resnet4j.cli;

import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.plot.Direction;
import dev.resnet4j.plot.NetworkPlot;
import dev.resnet4j.plot.PlotOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Draws a network's graph. */
@Command(
        name = "plot",
        sortOptions = false,
        header = "Draw the graph of a network.",
        description = {
            "Draws the layers as boxes and their connections as arrows, as Keras's plot_model does, into a PNG or SVG"
                    + " picture, or as text for Graphviz. Graphviz need not be installed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j plot resnet50 --to resnet50.svg",
            "  resnet4j plot runs/hands/model.keras --to model.png --shapes",
            "  resnet4j plot resnet18 --to resnet18.png --left-to-right"
        })
final class PlotCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Mixin
    private NetworkArgument network;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "Where to draw: the ending tells how, .png, .svg or .dot.")
    private Path file;

    @Option(names = "--shapes", description = "Show the shapes that go into each layer and come out.")
    private boolean shapes;

    @Option(names = "--dtypes", description = "Show the types of the numbers.")
    private boolean dataTypes;

    @Option(names = "--activations", description = "Show the activations inside layers.")
    private boolean activations;

    @Option(names = "--no-names", description = "Show the layers' classes without their names.")
    private boolean withoutNames;

    @Option(names = "--expand-nested", description = "Draw the layers inside nested models, too, each in a frame.")
    private boolean expandNested;

    @Option(names = "--left-to-right", description = "Let the network run from left to right instead of down.")
    private boolean leftToRight;

    @Option(
            names = "--dpi",
            paramLabel = "N",
            defaultValue = "" + PlotOptions.DEFAULT_DPI,
            converter = PositiveNumber.class,
            description = "Dots an inch of a PNG picture (default: ${DEFAULT-VALUE}).")
    private int dpi;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Console console = resnet4j.console();
        Network drawn = network.network();
        try {
            draw(NetworkPlot.of(drawn, options()), console);
        } catch (FileSystemException namesAFile) {
            throw new UncheckedIOException(namesAFile);
        } catch (IOException e) {
            throw OutputFile.cannotWrite(file, e);
        }
        console.print("The graph of " + drawn.name() + " is in " + file);
        console.printResult(new Result(drawn.name(), file.toString()));
    }

    /** A PNG picture that would be larger than such files can be is drawn with fewer dots an inch. */
    private void draw(NetworkPlot plot, Console console) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            plot.save(file);
            return;
        }
        int drawnDpi = plot.png(file);
        if (drawnDpi < dpi) {
            console.note("drawn with " + drawnDpi + " dots an inch instead of " + dpi
                    + ", for a PNG picture can be no larger; an .svg has no such limit");
        }
    }

    private PlotOptions options() {
        return new PlotOptions()
                .withShapes(shapes)
                .withDataTypes(dataTypes)
                .withLayerActivations(activations)
                .withLayerNames(!withoutNames)
                .withExpandNested(expandNested)
                .withDirection(leftToRight ? Direction.LEFT_TO_RIGHT : Direction.TOP_TO_BOTTOM)
                .withDpi(dpi);
    }

    private record Result(String model, String file) {}
}
