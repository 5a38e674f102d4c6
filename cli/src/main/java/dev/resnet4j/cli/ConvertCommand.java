package dev.resnet4j.cli;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.formats.ClassNames;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ModelFormat;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Turns a model's file into one of another format. */
@Command(
        name = "convert",
        sortOptions = false,
        header = "Turn a model's file into one of another format.",
        description = {
            "IN is told by its content: Keras (.keras; .h5 of Keras 1 to 3, whole or weights alone; .json), PyTorch (.pth,"
                    + " .pt, .th) or .safetensors. OUT is told by its name: .keras, .h5, .weights.h5, .json, .pth,"
                    + " .safetensors or .onnx. Weights stay as they are, bit for bit.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j convert model.keras model.onnx",
            "  resnet4j convert resnet50.pth resnet50.keras",
            "  resnet4j convert old.h5 new.keras",
            "  resnet4j convert weights.h5 model.keras --architecture resnet50",
            "  resnet4j convert model.keras model.onnx --onnx-input bytes --onnx-layout nchw"
        })
final class ConvertCommand implements Runnable {
    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A model's file.")
    private String in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(
            names = "--input-shape",
            paramLabel = "HxWxC",
            converter = ShapeConverter.class,
            description = "Height, width and channels of the pictures, where IN leaves them open: PyTorch's files"
                    + " (default: 224x224x3, of CIFAR networks 32x32x3) and some of Keras.")
    private Shape inputShape;

    @Option(
            names = "--architecture",
            paramLabel = "MODEL",
            description =
                    "The network that weights alone are for: a model's file or configuration, or a built-in network.")
    private String architecture;

    @Option(
            names = "--classes",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Outputs of a built-in --architecture (default: 1000, for CIFAR 10).")
    private Integer classes;

    @Option(
            names = "--by-name",
            description = "Give weights alone to the layers of the same names, instead of in the layers' order.")
    private boolean byName;

    @Option(names = "--skip-mismatch", description = "Leave out weights whose shapes do not fit, instead of failing.")
    private boolean skipMismatch;

    @Option(
            names = "--preprocess",
            paramLabel = "P",
            description = "How pixels become numbers, stored in OUT: ${COMPLETION-CANDIDATES} (default: as IN says).")
    private Preprocessing preprocess;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "The classes' names, stored in OUT: one a line, or Keras's class index as JSON.")
    private Path classNames;

    @ArgGroup(exclusive = false, heading = "%nOf .onnx files:%n")
    private Onnx onnx = new Onnx();

    @Mixin
    HelpOption help;

    /** What only ONNX files can be told. */
    private static final class Onnx {
        @Option(
                names = "--onnx-input",
                paramLabel = "KIND",
                defaultValue = "preprocessed",
                description =
                        "What the graph takes: preprocessed (numbers as the network takes them), pixels (0 to 255 as"
                                + " floats) or bytes (0 to 255 as bytes); it preprocesses pixels itself (default:"
                                + " ${DEFAULT-VALUE}).")
        private OnnxInput input = OnnxInput.PREPROCESSED;

        @Option(
                names = "--onnx-layout",
                paramLabel = "ORDER",
                defaultValue = "nhwc",
                description = "The order of a picture's axes: nhwc or nchw (default: ${DEFAULT-VALUE}).")
        private OnnxOptions.Layout layout = OnnxOptions.Layout.NHWC;

        @Option(names = "--onnx-logits", description = "Leave out the softmax at the end.")
        private boolean logits;
    }

    /** The command line's words for {@link OnnxOptions.Input}. */
    enum OnnxInput {
        PREPROCESSED(OnnxOptions.Input.PREPROCESSED),
        PIXELS(OnnxOptions.Input.FLOAT_PIXELS),
        BYTES(OnnxOptions.Input.BYTE_PIXELS);

        private final OnnxOptions.Input input;

        OnnxInput(OnnxOptions.Input input) {
            this.input = input;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void run() {
        Console console = resnet4j.console();
        ModelFormat format = ModelFormat.ofName(out);
        Path file = ModelFile.require(in);
        refuseToOverwriteTheInput(file);
        Optional<StateDict> copied = keepsModel() ? ModelFiles.copyStateDict(file, out) : Optional.empty();
        if (copied.isPresent()) {
            int arrays = copied.get().tensors().size();
            console.print("Wrote " + arrays + " arrays to " + out);
            console.printResult(new CopyResult(file.toString(), out.toString(), format.toString(), arrays));
            return;
        }
        ModelFiles.Loaded loaded = ModelFiles.read(file, readOptions());
        loaded.notes().forEach(console::note);
        SavedModel model = withFacts(loaded.model());
        ModelFiles.write(model, out, onnxOptions());
        tellWhatIsLeftOut(format, model.facts(), console);
        console.print("Wrote " + model.network().name() + ", "
                + String.format(Locale.ROOT, "%,d", model.network().parameters())
                + " parameters, to " + out);
        console.printResult(new Result(
                file.toString(),
                out.toString(),
                format.toString(),
                model.network().name(),
                model.network().parameters()));
    }

    /** Whether nothing is asked for that only the model behind the arrays could tell. */
    private boolean keepsModel() {
        return inputShape == null && architecture == null && preprocess == null && classNames == null;
    }

    private void refuseToOverwriteTheInput(Path file) {
        if (Files.exists(out)
                && file.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
            throw new ParameterException(spec.commandLine(), "IN and OUT are the same file, " + out);
        }
    }

    private ReadOptions readOptions() {
        ReadOptions options = ReadOptions.DEFAULT.withByName(byName).withSkipMismatch(skipMismatch);
        if (inputShape != null) {
            options = options.withInputShape(inputShape);
        }
        if (architecture != null) {
            options = options.withArchitecture(NetworkArgument.named(architecture, inputShape, classes));
        } else if (byName || skipMismatch || classes != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--by-name, --skip-mismatch and --classes are for weights alone: name their --architecture");
        }
        return options;
    }

    private SavedModel withFacts(SavedModel model) {
        TrainingFacts facts = model.facts();
        String preprocessing = preprocess == null ? facts.preprocessing() : preprocess.toString();
        List<String> names = classNames == null ? facts.classNames() : ClassNames.read(classNames);
        int outputs = model.network().outputShape().channels();
        if (classNames != null && names.size() != outputs) {
            throw new CommandException(classNames + " has " + names.size() + " names, but the network has " + outputs
                    + " outputs: give one for each");
        }
        return model.withFacts(new TrainingFacts(preprocessing, names, facts.history(), facts.settings()));
    }

    /** Files of weights have no place for how pixels become numbers, nor for the classes' names. */
    private void tellWhatIsLeftOut(ModelFormat format, TrainingFacts facts, Console console) {
        boolean stateDict = format == ModelFormat.PYTORCH || format == ModelFormat.SAFETENSORS;
        if (stateDict && !facts.preprocessing().equals(Preprocessing.TORCH.toString())) {
            console.note(out + " holds weights alone, and will be taken for a model whose pixels become numbers by '"
                    + Preprocessing.TORCH + "': name the model's own way with --preprocess " + facts.preprocessing());
        }
        if (stateDict && !facts.classNames().isEmpty()) {
            console.note(
                    out + " does not name the classes, which are, in order: " + NamesText.firstOf(facts.classNames()));
        }
    }

    private OnnxOptions onnxOptions() {
        return new OnnxOptions(onnx.input.input, onnx.layout, !onnx.logits);
    }

    private record Result(String in, String out, String format, String network, long parameters) {}

    private record CopyResult(String in, String out, String format, int arrays) {}
}
