package dev.resnet4j.cli;

import dev.resnet4j.cli.report.DuplicatePictures;
import dev.resnet4j.cli.report.Report;
import dev.resnet4j.cli.report.ReportPage;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.duplicates.Duplicates;
import dev.resnet4j.engine.GradCam;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.PredictOptions;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.engine.metrics.WilsonInterval;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says on a page how good a model is, and where it goes wrong. */
@Command(
        name = "report",
        sortOptions = false,
        header = "Write a page on how good a model is, and where it goes wrong.",
        description = {
            "One HTML file that needs no other: accuracy with its 95 %% interval, the confusion matrix, precision, recall"
                    + " and F1 of each class, calibration, the pictures most surely taken for something else and what the model looked at in them (Grad-CAM), the curves"
                    + " of the training, its settings, and test pictures that were learned from.",
            "",
            "D is " + PictureSource.KINDS + ". 'signs' means its test pictures with --test, and its training pictures"
                    + " with --train.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j report runs/hands/model.keras --test signs --train signs",
            "  resnet4j report model.keras --test photos/test --train photos/train"
        })
final class ReportCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Parameters(paramLabel = "MODEL", description = "A model's file.")
    private String modelFile;

    @Option(names = "--test", paramLabel = "D", required = true, description = "Pictures to judge by.")
    private String test;

    @Option(
            names = "--train",
            paramLabel = "D",
            description = "Pictures that the model learned from, to find those that are in both.")
    private String train;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "The page (default: ${DEFAULT-VALUE}); one that is there is replaced.")
    private Path out;

    @Option(
            names = "--mistakes",
            paramLabel = "N",
            defaultValue = "24",
            converter = PositiveNumber.class,
            description = "Show the N pictures most surely taken for something else (default: ${DEFAULT-VALUE}).")
    private int mistakes;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Judge the first N pictures, in the data's own order.")
    private Integer limit;

    @Option(
            names = "--preprocess",
            paramLabel = "P",
            description = "How pixels become numbers: ${COMPLETION-CANDIDATES} (default: as in training).")
    private Preprocessing preprocess;

    @Option(names = "--strict", description = "Fail where a picture cannot be decoded, instead of leaving it out.")
    private boolean strict;

    @Mixin
    private DeviceOption device;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Path file = ModelFile.require(modelFile);
        try (Model model = Model.load(file, device.device())) {
            Report report = report(model, file);
            OutputFile.write(out, beside -> Files.writeString(beside, ReportPage.of(report), StandardCharsets.UTF_8));
            print(report);
        }
    }

    private Report report(Model model, Path file) {
        Console console = resnet4j.console();
        LoadedDataset loaded = PictureSource.test(test, optionsFor(model));
        loaded.notes().forEach(console::note);
        Dataset pictures = limit == null ? loaded.dataset() : loaded.dataset().take(limit);
        List<Prediction> predictions =
                model.predict(pictures, new PredictOptions(Precision.FP32, Optional.ofNullable(preprocess)));
        JudgedPictures judged = new JudgedPictures(pictures, predictions);
        History history = model.history();
        return new Report(
                file.toString(),
                test,
                judged.confusion(),
                judged.loss(),
                judged.calibration(),
                drawn(() -> ReliabilityDiagram.png(judged.calibration())),
                judged.mistakes(mistakes, (picture, predicted) -> lookedAt(model, picture, predicted)),
                history,
                history.epochs().isEmpty() ? Optional.empty() : drawn(() -> Curves.png(history)),
                Optional.ofNullable(train).map(source -> duplicates(judged, source, model)),
                ModelFacts.of(model),
                Version.program());
    }

    private DatasetOptions optionsFor(Model model) {
        Shape input = model.network().inputShape();
        return new DatasetOptions(
                Optional.of(new ImageSize(input.height(), input.width())), strict, model.classNames());
    }

    /** Grad-CAM of the class that a picture was taken for; it takes pixels as in training, and needs rows and columns. */
    private Optional<Image> lookedAt(Model model, Image picture, int predicted) {
        boolean asInTraining = preprocess == null || preprocess == model.preprocessing();
        if (!asInTraining || GradCam.layers(model.network()).isEmpty()) {
            return Optional.empty();
        }
        NdArray map = model.gradCam(picture, GradCam.lastLayer(model.network()), predicted);
        return Optional.of(new HeatMap(map).imageOver(picture));
    }

    /** A chart; a page without it is better than none. */
    private Optional<byte[]> drawn(Supplier<byte[]> chart) {
        try {
            return Optional.of(chart.get());
        } catch (DrawingException cannotDraw) {
            resnet4j.console().note("a chart is missing: " + cannotDraw.advice());
            return Optional.empty();
        }
    }

    private DuplicatePictures duplicates(JudgedPictures judged, String source, Model model) {
        LoadedDataset training = PictureSource.training(source, optionsFor(model));
        training.notes().forEach(resnet4j.console()::note);
        return DuplicatePictures.of(
                Duplicates.between(training.dataset(), judged.pictures()),
                training.dataset(),
                judged.pictures(),
                judged::isRight);
    }

    private void print(Report report) {
        Console console = resnet4j.console();
        WilsonInterval interval = report.interval();
        console.print(String.format(
                Locale.ROOT,
                "Test Accuracy = %s (%d of %d; 95 %% interval %.4f to %.4f)",
                report.confusion().accuracy(),
                report.confusion().correct(),
                report.confusion().samples(),
                interval.lower(),
                interval.upper()));
        console.print("Loss = " + report.loss());
        console.print("Macro F1 = " + report.confusion().macroMean().f1());
        console.print("Expected Calibration Error = " + report.calibration().expectedError());
        report.duplicates()
                .ifPresent(found -> console.print("Test pictures that were learned from = "
                        + found.pairs().size()));
        console.print("The report is in " + out);
        console.printResult(new Result(
                out.toString(),
                report.model(),
                report.data(),
                report.confusion().samples(),
                report.confusion().accuracy(),
                List.of(interval.lower(), interval.upper()),
                report.loss(),
                report.confusion().macroMean().f1(),
                report.calibration().expectedError(),
                report.duplicates().map(found -> found.pairs().size()).orElse(null)));
    }

    private record Result(
            String report,
            String model,
            String data,
            int testExamples,
            double accuracy,
            List<Double> accuracyInterval,
            double loss,
            double macroF1,
            double expectedCalibrationError,
            Integer duplicates) {}
}
