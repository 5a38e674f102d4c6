package dev.resnet4j.cli;

import dev.resnet4j.model.transfer.Freezing;
import dev.resnet4j.model.transfer.GradualUnfreezing;
import dev.resnet4j.model.transfer.LayerDecay;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a run that starts from a trained model. */
final class TransferOptions {
    private static final String CLASSES = "--classes";
    private static final String FREEZE = "--freeze";
    private static final String UNFREEZE_AT = "--unfreeze-at";
    private static final String LAYER_DECAY = "--layer-decay";

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "Start from a trained model instead of --model: a file of Keras or PyTorch, or a run's model.")
    private String from;

    @Option(
            names = CLASSES,
            paramLabel = "A,B,C",
            arity = "0..1",
            description = "Give the model of --from a new head: for these classes, or without a value for those of the"
                    + " training pictures.")
    private String classes;

    @Option(
            names = FREEZE,
            paramLabel = "WHAT",
            converter = FreezingConverter.class,
            description =
                    "What of the model of --from is kept as it is: none, all-but-head, or all-but-stages:N for all"
                            + " but the head and the last N stages (default: none).")
    private Freezing freeze;

    @Option(
            names = UNFREEZE_AT,
            paramLabel = "EPOCH[:N]",
            split = ",",
            converter = StepConverter.class,
            description =
                    "From this epoch on train the last N stages, too, or the whole network without N; several with"
                            + " commas: 4:1,7:2,10.")
    private List<GradualUnfreezing.Step> unfreezeAt = List.of();

    @Option(
            names = LAYER_DECAY,
            paramLabel = "D",
            description = "Let the learning rate shrink towards the input: D times from the head to the last stage, and"
                    + " again from each stage to the one before; above 0, at most 1 (default: 1).")
    private Double layerDecay;

    /** The trained model's file, where the run starts from one. */
    Optional<String> from() {
        return Optional.ofNullable(from);
    }

    /** An option besides {@code --from} that was given. */
    Optional<String> firstGiven() {
        if (classes != null) {
            return Optional.of(CLASSES);
        }
        if (freeze != null) {
            return Optional.of(FREEZE);
        }
        if (!unfreezeAt.isEmpty()) {
            return Optional.of(UNFREEZE_AT);
        }
        return Optional.ofNullable(layerDecay).map(given -> LAYER_DECAY);
    }

    /**
     * The settings that were given, and what the source says where they were not.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    TransferSettings settings(TransferSource source) {
        return new TransferSettings(
                source.path().toAbsolutePath().normalize().toString(),
                classes != null,
                classes == null ? source.classNames() : givenClasses(),
                new GradualUnfreezing(freeze == null ? Freezing.NONE : freeze, unfreezeAt),
                layerDecay == null ? LayerDecay.NONE : new LayerDecay(layerDecay));
    }

    private List<String> givenClasses() {
        return classes.isBlank()
                ? List.of()
                : Arrays.stream(classes.split(",", -1)).map(String::strip).toList();
    }

    /** {@code none}, {@code all-but-head}, {@code all-but-stages:2}. */
    static final class FreezingConverter implements ITypeConverter<Freezing> {
        @Override
        public Freezing convert(String text) {
            try {
                return Freezing.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** {@code 4:1} or {@code 10}. */
    static final class StepConverter implements ITypeConverter<GradualUnfreezing.Step> {
        @Override
        public GradualUnfreezing.Step convert(String text) {
            if (!text.matches("\\d{1,6}(:\\d{1,4})?")) {
                throw new TypeConversionException("must be EPOCH:STAGES or EPOCH, such as 4:1, but was '" + text + "'");
            }
            String[] parts = text.split(":", 2);
            try {
                Freezing freezing =
                        parts.length == 1 ? Freezing.NONE : Freezing.allButStages(Integer.parseInt(parts[1]));
                return new GradualUnfreezing.Step(Integer.parseInt(parts[0]), freezing);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
