package dev.resnet4j.cli;

import java.util.Optional;
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
            description = "Write a checkpoint every M minutes, which may be a fraction.")
    private Double minutes;

    /** What was given; empty where nothing was. */
    Optional<CheckpointInterval> interval() {
        if (steps == null && minutes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CheckpointInterval(steps, minutes));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException("Invalid value for option '--checkpoint-minutes': " + wrong.getMessage());
        }
    }
}
