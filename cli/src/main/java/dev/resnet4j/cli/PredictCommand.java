package dev.resnet4j.cli;

import dev.resnet4j.data.DataException;
import dev.resnet4j.data.Image;
import dev.resnet4j.engine.ClassProbability;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.PredictOptions;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.formats.ClassNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what pictures show. */
@Command(
        name = "predict",
        sortOptions = false,
        header = "Say what pictures show.",
        description = {
            "Prints a line a picture: its file, the most probable class and its probability. Pictures may be of any"
                    + " size and are resized; for a model of one channel they are made grey. One that cannot be read is named, the others are judged all the same,"
                    + " and the exit status is 1.",
            ""
        },
        footer = {"", "Example:", "  resnet4j predict runs/hands/model.keras hand.jpg other.png --top 3"})
final class PredictCommand implements Callable<Integer> {
    private static final int PICTURES_AT_A_TIME = 32;

    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A .keras file.")
    private String modelFile;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Pictures: JPEG, PNG, BMP, GIF or WebP.")
    private List<Path> pictures;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "1",
            converter = PositiveNumber.class,
            description = "Print the K most probable classes (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "Names of the classes: one a line, or JSON as Keras's imagenet_class_index.json (default:"
                    + " those in the model's file).")
    private Path classNames;

    @Mixin
    private PrecisionOptions precision;

    @Mixin
    private DeviceOption device;

    @Mixin
    HelpOption help;

    private final List<JudgedPicture> judged = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    @Override
    public Integer call() {
        precision.requireBothOrNone();
        Console console = resnet4j.console();
        Optional<List<String>> names = Optional.ofNullable(classNames).map(ClassNames::read);
        try (Model model = Model.load(ModelFile.require(modelFile), device.device())) {
            InputPictures input = InputPictures.of(modelFile, model.network());
            names.ifPresent(model::setClassNames);
            precision.prepare(model, Optional.empty(), console);
            for (int start = 0; start < pictures.size(); start += PICTURES_AT_A_TIME) {
                judge(
                        pictures.subList(start, Math.min(start + PICTURES_AT_A_TIME, pictures.size())),
                        model,
                        input,
                        console);
            }
        }
        console.printResult(new Result(modelFile, judged, unreadable));
        return unreadable.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void judge(List<Path> files, Model model, InputPictures input, Console console) {
        List<Path> readable = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (Path file : files) {
            try {
                images.add(input.fitted(input.read(file)));
                readable.add(file);
            } catch (DataException problem) {
                console.note(problem.getMessage());
                unreadable.add(new Unreadable(file.toString(), problem.getMessage()));
            }
        }
        List<Prediction> predictions =
                model.predict(images, PredictOptions.DEFAULT.withPrecision(precision.precision()));
        for (int index = 0; index < images.size(); index++) {
            JudgedPicture picture = new JudgedPicture(
                    readable.get(index).toString(), predictions.get(index).top(top));
            judged.add(picture);
            console.print(picture.line());
        }
    }

    private record Result(String model, List<JudgedPicture> predictions, List<Unreadable> unreadable) {}

    private record Unreadable(String image, String reason) {}

    private record JudgedPicture(String image, List<ClassProbability> classes) {
        String line() {
            return image + ": " + classes.stream().map(JudgedPicture::text).collect(Collectors.joining(", "));
        }

        private static String text(ClassProbability of) {
            return String.format(Locale.ROOT, "%s (%.4f)", of.name(), of.probability());
        }
    }
}
