package dev.resnet4j.cli;

import dev.resnet4j.data.DataException;
import dev.resnet4j.data.Image;
import dev.resnet4j.engine.ClassProbability;
import dev.resnet4j.engine.GradCam;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.formats.ClassNames;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows which parts of pictures speak for a class. */
@Command(
        name = "explain",
        sortOptions = false,
        header = "Show which parts of a picture speak for a class.",
        description = {
            "Draws each picture beside itself with a heat map over it: Grad-CAM (Selvaraju et al. 2017), red where a"
                    + " layer of the network sees most of what speaks for the class, blue where nothing does. A picture"
                    + " that cannot be read is named, the others are explained all the same, and the exit status is"
                    + " 1.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j explain runs/hands/model.keras hand.jpg",
            "  resnet4j explain model.keras *.jpg --class five --out five.png",
            "  resnet4j explain model.keras hand.jpg --layer activation_39"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_PICTURES = 100;

    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file: .keras, .h5, .pth or .safetensors.")
    private String modelFile;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "JPEG, PNG, BMP, GIF or WebP, at most 100.")
    private List<Path> pictures;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "The layer to look at; 'resnet4j summary MODEL' names them. Earlier layers have finer maps of"
                    + " simpler things (default: the last whose output has rows and columns).")
    private String layer;

    @Option(
            names = "--class",
            paramLabel = "NAME|N",
            description = "The class to explain, by its name or its number from 0 (default: the most probable one of"
                    + " each picture).")
    private String className;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "Names of the classes: one a line, or JSON as Keras's imagenet_class_index.json (default:"
                    + " those in the model's file).")
    private Path classNames;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "explain.png",
            description = "Where to draw, a PNG picture (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private DeviceOption device;

    @Mixin
    HelpOption help;

    private final List<ExplanationSheet.Cell> cells = new ArrayList<>();
    private final List<Explained> explained = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    @Override
    public Integer call() {
        if (pictures.size() > MOST_PICTURES) {
            throw new CommandException("one sheet holds at most " + MOST_PICTURES + " pictures, got " + pictures.size()
                    + ": call explain several times");
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new CommandException(
                    "what is drawn is a PNG picture: give --out a name that ends in .png, not " + out);
        }
        Console console = resnet4j.console();
        Optional<List<String>> names = Optional.ofNullable(classNames).map(ClassNames::read);
        try (Model model = Model.load(ModelFile.require(modelFile), device.device())) {
            InputPictures input = InputPictures.of(modelFile, model.network());
            names.ifPresent(model::setClassNames);
            String chosenLayer = layer == null ? GradCam.lastLayer(model.network()) : layer;
            Optional<Integer> chosenClass = Optional.ofNullable(className).map(name -> classIndex(name, model));
            for (Path picture : pictures) {
                explain(picture, model, input, chosenLayer, chosenClass, console);
            }
            if (!cells.isEmpty()) {
                draw(heading(model, chosenLayer));
                console.print("Grad-CAM of layer " + chosenLayer + " is in " + out);
            }
            console.printResult(
                    new Result(modelFile, chosenLayer, cells.isEmpty() ? null : out.toString(), explained, unreadable));
        }
        return unreadable.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static int classIndex(String wanted, Model model) {
        int outputs = model.network().outputShape().dimension(0);
        int named = model.classNames().indexOf(wanted);
        if (named >= 0) {
            return named;
        }
        return IntStream.range(0, outputs)
                .filter(index -> String.valueOf(index).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandException("there is no class '" + wanted + "': give "
                        + (model.classNames().isEmpty()
                                ? ""
                                : "one of " + NamesText.firstOf(model.classNames()) + ", or ")
                        + "a number from 0 to " + (outputs - 1)));
    }

    private void explain(
            Path file,
            Model model,
            InputPictures input,
            String chosenLayer,
            Optional<Integer> chosenClass,
            Console console) {
        Image picture;
        try {
            picture = input.read(file);
        } catch (DataException problem) {
            console.note(problem.getMessage());
            unreadable.add(new Unreadable(file.toString(), problem.getMessage()));
            return;
        }
        Image fitted = input.fitted(picture);
        Prediction prediction = model.predict(fitted);
        ClassProbability predicted = probability(prediction, prediction.classIndex());
        ClassProbability target = probability(prediction, chosenClass.orElse(predicted.index()));
        NdArray map = model.gradCam(fitted, chosenLayer, target.index());
        String title = title(target, predicted);
        console.print(file + ": " + title);
        cells.add(new ExplanationSheet.Cell(
                ExplanationSheet.scaled(picture, ExplanationSheet.side(pictures.size())), map, file.toString(), title));
        explained.add(new Explained(file.toString(), target, predicted, rows(map)));
    }

    private static ClassProbability probability(Prediction prediction, int index) {
        return new ClassProbability(
                index,
                prediction.classNames().get(index),
                prediction.probabilities().get(index));
    }

    private static String title(ClassProbability target, ClassProbability predicted) {
        return target.equals(predicted) ? text(target) : text(target) + ", most probable is " + text(predicted);
    }

    private static String text(ClassProbability of) {
        return String.format(Locale.ROOT, "%s (%.4f)", of.name(), of.probability());
    }

    private static List<List<Float>> rows(NdArray map) {
        return IntStream.range(0, map.shape().dimension(0))
                .mapToObj(row -> IntStream.range(0, map.shape().dimension(1))
                        .mapToObj(column -> map.get(row, column))
                        .toList())
                .toList();
    }

    private static String heading(Model model, String layer) {
        Shape shape = model.network().flattened().node(layer).outputShape();
        return "Grad-CAM of layer " + layer + " (" + shape.height() + "x" + shape.width() + ") of "
                + model.network().name();
    }

    private void draw(String heading) {
        try {
            byte[] png = ExplanationSheet.png(heading, cells);
            OutputFile.write(out, beside -> Files.write(beside, png));
        } catch (DrawingException cannotDraw) {
            throw new CommandException(cannotDraw.advice(), cannotDraw);
        }
    }

    private record Result(
            String model, String layer, String figure, List<Explained> explanations, List<Unreadable> unreadable) {}

    private record Unreadable(String image, String reason) {}

    private record Explained(
            String image, ClassProbability explained, ClassProbability predicted, List<List<Float>> map) {}
}
