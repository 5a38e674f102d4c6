package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.EvaluateOptions;
import dev.resnet4j.engine.Evaluation;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Judges a saved model. */
@Command(
        name = "evaluate",
        sortOptions = false,
        header = "Judge a saved model on labelled pictures.",
        description = {
            "Prints the loss and the accuracy; with int8 that in fp32, too. Pictures of another size than the model's are"
                    + " resized.",
            "",
            "D is " + PictureSource.KINDS + ". 'signs' means its test pictures.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j evaluate runs/hands/model.keras --data signs",
            "  resnet4j evaluate model.keras --data test_signs.h5 --batch-statistics"
        })
final class EvaluateCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Parameters(paramLabel = "MODEL", description = "A .keras file.")
    private String modelFile;

    @Option(names = "--data", paramLabel = "D", required = true, description = "Pictures to judge by.")
    private String data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Take the first N pictures, in the data's own order.")
    private Integer limit;

    @Option(
            names = "--preprocess",
            paramLabel = "P",
            description = "How pixels become numbers: ${COMPLETION-CANDIDATES} (default: as in training).")
    private Preprocessing preprocess;

    @Option(
            names = "--batch-statistics",
            description = "Normalise with each batch's own statistics instead of the moving ones, as the tutorial's"
                    + " learning phase 1 does.")
    private boolean batchStatistics;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            converter = PositiveNumber.class,
            description = "Pictures at a time (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Mixin
    private PrecisionOptions precision;

    @Option(names = "--strict", description = "Fail where a picture cannot be decoded, instead of leaving it out.")
    private boolean strict;

    @Mixin
    private DeviceOption device;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        precision.requireBothOrNone();
        Console console = resnet4j.console();
        Path file = ModelFile.require(modelFile);
        try (Model model = Model.load(file, device.device())) {
            LoadedDataset loaded = PictureSource.test(data, optionsFor(model));
            loaded.notes().forEach(console::note);
            Dataset pictures =
                    limit == null ? loaded.dataset() : loaded.dataset().take(limit);
            precision.prepare(model, Optional.ofNullable(preprocess), console);
            EvaluateOptions options =
                    new EvaluateOptions(batchSize, batchStatistics, Precision.FP32, Optional.ofNullable(preprocess));
            Evaluation evaluation = model.evaluate(pictures, options.withPrecision(precision.precision()));
            console.print("Loss = " + evaluation.loss());
            console.print("Test Accuracy = " + evaluation.accuracy());
            Double inFp32 = null;
            if (precision.precision() == Precision.INT8) {
                inFp32 = model.evaluate(pictures, options).accuracy();
                console.print("Test Accuracy in fp32 = " + inFp32);
            }
            console.printResult(new Result(
                    file.toString(), data, evaluation.samples(), evaluation.loss(), evaluation.accuracy(), inFp32));
        }
    }

    private DatasetOptions optionsFor(Model model) {
        Shape input = model.network().inputShape();
        return new DatasetOptions(
                Optional.of(new ImageSize(input.height(), input.width())), strict, model.classNames());
    }

    /** @param accuracyInFp32 beside int8 */
    private record Result(
            String model, String data, long testExamples, double loss, double accuracy, Double accuracyInFp32) {}
}
