package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.finder.LearningRateCurve;
import dev.resnet4j.engine.finder.LearningRateFinder;
import dev.resnet4j.engine.finder.LearningRateRange;
import dev.resnet4j.formats.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tries learning rates from low to high, and suggests one. */
@Command(
        name = "find-rate",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Find a learning rate by trying.",
        description = {
            "Trains for some steps with a learning rate that grows from step to step, and suggests the rate at which the"
                    + " loss fell fastest. Leaves learning-rate.png and learning-rate.csv in the --out folder; the"
                    + " weights are thrown away.",
            "",
            "Takes the options of 'train' that say what is trained and how: give those that you will train with. Epochs,"
                    + " schedule, patience and --learning-rate do not matter here.",
            "",
            "D is " + PictureSource.KINDS + ".",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j find-rate --data photos",
            "  resnet4j find-rate --data photos --model resnet18 --optimizer sgd --to-rate 10",
            "  resnet4j find-rate --from model.keras --classes --data photos"
        })
final class FindRateCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--from-rate",
            paramLabel = "RATE",
            defaultValue = "1e-6",
            description = "The first rate (default: ${DEFAULT-VALUE}).")
    private double fromRate;

    @Option(
            names = "--to-rate",
            paramLabel = "RATE",
            defaultValue = "1",
            description = "The last rate; higher ones are not tried once the loss has grown to four times its lowest"
                    + " (default: ${DEFAULT-VALUE}).")
    private double toRate;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many rates are tried, one a step; 10 or more (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/find-rate",
            description = "Folder for learning-rate.png and learning-rate.csv, which replace earlier ones (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private RunOptions options;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        LearningRateRange range = range();
        Console console = resnet4j.console();
        RunSettings settings = options.settings();
        TrainingData data = TrainingData.open(settings);
        data.notes().forEach(console::note);
        new RunFolder(out).create();

        LearningRateCurve curve = find(settings, data.training(), range, console);
        Path csv = out.resolve("learning-rate.csv");
        Path png = out.resolve("learning-rate.png");
        write(csv, LearningRateCsv.of(curve).getBytes(StandardCharsets.UTF_8));
        draw(png, curve, console);
        tell(curve, range, console);
        console.print("The figure is " + png + ", all numbers are in " + csv);
        console.printResult(new Result(
                curve.suggestion().orElse(null),
                curve.rateOfLowestLoss(),
                curve.steps().size(),
                settings.seed(),
                png.toString(),
                csv.toString()));
    }

    private LearningRateRange range() {
        try {
            return new LearningRateRange(fromRate, toRate, steps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value: " + e.getMessage() + " (--from-rate, --to-rate, --steps)");
        }
    }

    private static LearningRateCurve find(
            RunSettings settings, Dataset training, LearningRateRange range, Console console) {
        ProgressBar bar = new ProgressBar(console);
        FitOptions fitOptions = settings.recipe()
                .fitOptions(training)
                .withSeed(settings.seed())
                .withPreprocessing(settings.preprocess())
                .withPrecision(settings.precision());
        try (Model model = NewModel.open(settings, training, console)) {
            console.print(String.format(
                    Locale.ROOT,
                    "%s (%,d parameters), recipe %s, seed %d, %d steps from rate %s to %s",
                    model.network().name(),
                    model.network().parameters(),
                    settings.recipe().name(),
                    settings.seed(),
                    range.steps(),
                    range.from(),
                    range.to()));
            console.out().flush();
            return LearningRateFinder.find(
                    model,
                    training,
                    console.terminal().interactive() ? fitOptions.withListener(bar) : fitOptions,
                    range);
        } finally {
            bar.endLine();
        }
    }

    private static void tell(LearningRateCurve curve, LearningRateRange range, Console console) {
        int done = curve.steps().size();
        if (done < range.steps()) {
            double last = curve.steps().get(done - 1).learningRate();
            console.print("The loss grew out of bounds at rate " + RateText.rounded(last) + ": stopped after " + done
                    + " of " + range.steps() + " steps");
        }
        console.print("The loss was lowest at rate " + RateText.rounded(curve.rateOfLowestLoss()));
        if (curve.rateOfLowestLoss() == range.to()) {
            console.note("the loss still fell at the last rate: a higher --to-rate would tell more");
        }
        Optional<Double> suggestion = curve.suggestion();
        if (suggestion.isPresent()) {
            console.print(
                    "It fell fastest at the rate to train with: --learning-rate " + RateText.rounded(suggestion.get()));
        } else {
            console.note("the loss did not fall at any rate, so none is suggested: look at the figure, then try more"
                    + " --steps, other rates (--from-rate, --to-rate) or larger batches (--batch-size)");
        }
    }

    private static void draw(Path png, LearningRateCurve curve, Console console) {
        try {
            write(png, LearningRateChart.png("Loss by learning rate", curve));
        } catch (DrawingException cannotDraw) {
            console.note("no " + png + ": " + cannotDraw.advice());
        }
    }

    private static void write(Path path, byte[] content) {
        OutputFile.write(path, beside -> Files.write(beside, content));
    }

    private record Result(
            Double suggestion, double rateOfLowestLoss, int steps, long seed, String figure, String table) {}
}
