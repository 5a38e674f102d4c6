package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.NonFiniteLossException;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.PlainNetwork;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows how gradients fade in a plain network and not in a residual one. */
@Command(
        name = "gradients",
        sortOptions = false,
        header = "Show how shortcuts keep gradients from fading.",
        description = {
            "Trains a residual network and its plain counterpart, which has the same layers without the shortcuts, for"
                    + " some steps, and records how long the gradient of each layer's kernel is. Leaves gradients.png"
                    + " and gradients.csv in the --out folder.",
            "",
            "Both networks are without batch normalisation, unless it is asked for: with it a plain network's gradients"
                    + " do not fade at the start.",
            "",
            "D is " + PictureSource.KINDS + ".",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j gradients",
            "  resnet4j gradients --batch-normalization --out runs/normalized",
            "  resnet4j gradients --model resnet18 --steps 50 --data photos"
        })
final class GradientsCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "resnet50",
            description = "The residual network: " + BuiltInNetwork.NAMES + " (default: ${DEFAULT-VALUE}).")
    private BuiltInNetwork model;

    @Option(
            names = "--data",
            paramLabel = "D",
            defaultValue = PictureSource.SIGNS,
            description = "Pictures to learn from (default: ${DEFAULT-VALUE}).")
    private String data;

    @Option(
            names = "--image-size",
            paramLabel = "HxW",
            defaultValue = "32x32",
            converter = ImageSizeConverter.class,
            description = "Bring all pictures to this size (default: ${DEFAULT-VALUE}).")
    private ImageSize imageSize;

    @Option(
            names = "--batch-normalization",
            negatable = true,
            description = "Leave the networks their batch normalisation (default: they are without it).")
    private boolean batchNormalization;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100",
            converter = PositiveNumber.class,
            description = "Steps that each network is trained (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "16",
            converter = PositiveNumber.class,
            description = "Pictures a step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description = "Of stochastic gradient descent without momentum (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the initial weights and the pictures' order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/gradients",
            description = "Folder for gradients.png and gradients.csv, which replace earlier ones (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Console console = resnet4j.console();
        Sgd optimizer = optimizer();
        Dataset pictures = pictures(console);
        Network residual = network(pictures);
        RunFolder folder = new RunFolder(out);
        folder.create();

        console.print(batchNormalization ? "With batch normalisation:" : "Without batch normalisation:");
        GradientTrace ofPlain = train(PlainNetwork.of(residual), optimizer, pictures, console);
        GradientTrace ofResidual = train(residual, optimizer, pictures, console);

        Path csv = out.resolve("gradients.csv");
        Path png = out.resolve("gradients.png");
        write(csv, GradientsCsv.of(List.of(ofPlain, ofResidual)).getBytes(StandardCharsets.UTF_8));
        draw(png, ofPlain, ofResidual, console);
        GradientTable table = new GradientTable(ofPlain, ofResidual);
        console.print("");
        table.lines().forEach(console::print);
        console.print("");
        console.print("The figure is " + png + ", all numbers are in " + csv);
        console.printResult(
                new Result(model.toString(), batchNormalization, png.toString(), csv.toString(), table.networks()));
    }

    private Sgd optimizer() {
        try {
            return new Sgd(learningRate);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--learning-rate: " + e.getMessage(), e);
        }
    }

    private Dataset pictures(Console console) {
        LoadedDataset loaded = PictureSource.training(data, DatasetOptions.DEFAULT.withImageSize(imageSize));
        loaded.notes().forEach(console::note);
        TrainingData.requireSeveralClasses(loaded.dataset(), data);
        return loaded.dataset();
    }

    private Network network(Dataset pictures) {
        Shape picture = Shape.of(pictures.height(), pictures.width(), pictures.channels());
        Network built = model.build(new ResNetOptions(picture, pictures.classes()).withSeed(seed));
        return batchNormalization ? built : PlainNetwork.withoutBatchNormalization(built);
    }

    private GradientTrace train(Network network, Sgd optimizer, Dataset pictures, Console console) {
        GradientRecorder recorder = new GradientRecorder(network);
        int stepsPerEpoch = (pictures.size() - 1) / batchSize + 1;
        FitOptions options = FitOptions.epochs((steps - 1) / stepsPerEpoch + 1)
                .withBatchSize(batchSize)
                .withSeed(seed)
                .withListener(recorder)
                .withStopRequested(() -> recorder.steps() >= steps);
        ProgressBar bar = new ProgressBar(console);
        try (Model trained = Model.of(network, device.device())) {
            trained.compile(optimizer, Loss.CATEGORICAL_CROSSENTROPY);
            trained.fit(pictures, console.terminal().interactive() ? options.withListener(bar) : options);
        } catch (NonFiniteLossException broken) {
            requireAStep(recorder, broken);
            bar.endLine();
            console.note(network.name() + ": " + broken.getMessage() + "; the figure shows the steps before");
        } finally {
            bar.endLine();
        }
        console.print(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d steps of %d pictures",
                network.name(),
                network.parameters(),
                recorder.steps(),
                batchSize));
        console.out().flush();
        return recorder.trace();
    }

    private static void requireAStep(GradientRecorder recorder, NonFiniteLossException broken) {
        if (recorder.steps() == 0) {
            throw broken;
        }
    }

    private static void draw(Path png, GradientTrace plain, GradientTrace residual, Console console) {
        try {
            write(png, GradientChart.png(plain, residual));
        } catch (DrawingException cannotDraw) {
            console.note("no " + png + ": " + cannotDraw.advice());
        }
    }

    private static void write(Path path, byte[] content) {
        OutputFile.write(path, beside -> Files.write(beside, content));
    }

    private record Result(
            String model,
            boolean batchNormalization,
            String figure,
            String table,
            List<GradientTable.OfNetwork> networks) {}
}
