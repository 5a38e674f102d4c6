package dev.resnet4j.cli;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how often a checkpoint is written. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Write a checkpoint every N steps (default: at each epoch's end).")
    private Integer steps;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "M",
            converter = MinutesConverter.class,
            description = "Write a checkpoint every M minutes, which may be a fraction.")
    private Double minutes;

    /** What was given; empty where nothing was. */
    Optional<CheckpointInterval> interval() {
        return steps == null && minutes == null
                ? Optional.empty()
                : Optional.of(new CheckpointInterval(steps, minutes));
    }

    /** A number above 0. */
    static final class MinutesConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double minutes = Double.parseDouble(text);
                if (minutes > 0 && Double.isFinite(minutes)) {
                    return minutes;
                }
            } catch (NumberFormatException notANumber) {
                // Told of below, in the same words.
            }
            throw new TypeConversionException("must be a number above 0, but was '" + text + "'");
        }
    }
}
