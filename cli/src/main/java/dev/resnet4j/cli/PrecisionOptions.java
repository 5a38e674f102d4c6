package dev.resnet4j.cli;

import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** In which numbers a model is used, and what it is calibrated with for int8. */
final class PrecisionOptions {
    /** More change the ranges by little. */
    private static final int MOST_PICTURES = 256;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description =
                    "Numbers of the convolutions: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); int8 needs"
                            + " --calibrate.")
    private Precision precision;

    @Option(
            names = "--calibrate",
            paramLabel = "D",
            description =
                    "For int8: pictures like those that the model will see, such as what it was trained on, to find"
                            + " out between which numbers its feature maps lie. " + PictureSource.KINDS
                            + "; 'signs' means its training pictures. At most " + MOST_PICTURES
                            + " are taken, evenly spread.")
    private String calibrationData;

    Precision precision() {
        return precision;
    }

    /** Where the precision is int8, calibrates the model. */
    void prepare(Model model, Optional<Preprocessing> preprocessing, Console console) {
        if (precision == Precision.INT8) {
            Shape input = model.network().inputShape();
            LoadedDataset data = PictureSource.training(
                    calibrationData,
                    new DatasetOptions(Optional.of(new ImageSize(input.height(), input.width())), false, List.of()));
            data.notes().forEach(console::note);
            model.calibrate(spread(data.dataset().images()), preprocessing.orElse(model.preprocessing()));
        }
    }

    /** @throws ParameterException if there is int8 without pictures, or the other way round */
    void requireBothOrNone() {
        if (precision == Precision.INT8 && calibrationData == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--precision int8 needs to know what the model will see: give --calibrate D, such as the training"
                            + " pictures");
        }
        if (precision != Precision.INT8 && calibrationData != null) {
            throw new ParameterException(
                    command.commandLine(), "--calibrate goes with --precision int8: give both, or neither");
        }
    }

    /** Data sets are often sorted by class. */
    private static List<Image> spread(List<Image> images) {
        int count = Math.min(MOST_PICTURES, images.size());
        return IntStream.range(0, count)
                .mapToObj(index -> images.get((int) ((long) index * images.size() / count)))
                .toList();
    }
}
