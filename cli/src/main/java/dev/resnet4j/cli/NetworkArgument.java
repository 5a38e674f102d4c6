package dev.resnet4j.cli;

import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** The network that a command shows: of a file, or a built-in one with the options that build it. */
final class NetworkArgument {
    private static final Shape TUTORIAL_INPUT = Shape.of(64, 64, 3);
    private static final int TUTORIAL_CLASSES = 6;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description = "A model's file (.keras, .h5, .json, .pth, .safetensors), or a built-in network: "
                    + BuiltInNetwork.NAMES + ".")
    private String model;

    @Option(
            names = "--input-shape",
            paramLabel = "HxWxC",
            converter = ShapeConverter.class,
            description =
                    "Height, width and channels of the pictures: of a built-in network (default: 64x64x3, of CIFAR networks 32x32x3), or of a"
                            + " file's that leaves them open.")
    private Shape inputShape;

    @Option(
            names = "--classes",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Outputs of a built-in network (default: 6, for CIFAR 10).")
    private Integer classes;

    @Option(names = "--no-top", description = "A built-in network without its classifier.")
    private boolean withoutTop;

    @Option(
            names = "--pooling",
            paramLabel = "NAME",
            description = "What the output of a built-in network without classifier is: none (its last feature map),"
                    + " average or max (default: none).")
    private Pooling pooling;

    /** The network. */
    Network network() {
        try {
            return BuiltInNetwork.named(model).map(this::build).orElseGet(this::read);
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Network build(BuiltInNetwork builtIn) {
        if (pooling != null && !withoutTop) {
            throw new ParameterException(
                    spec.commandLine(), "--pooling is for a network without classifier: add --no-top");
        }
        Shape usualInput = builtIn.isForCifar() ? builtIn.usualInput() : TUTORIAL_INPUT;
        int usualClasses = builtIn.isForCifar() ? builtIn.usualClasses() : TUTORIAL_CLASSES;
        ResNetOptions options = new ResNetOptions(
                        inputShape == null ? usualInput : inputShape, classes == null ? usualClasses : classes)
                .withSeed(0);
        try {
            return builtIn.build(withoutTop ? options.withoutTop(pooling == null ? Pooling.NONE : pooling) : options);
        } catch (InvalidNetworkException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * The network of an option's word: a built-in one, or a file's.
     *
     * @param inputShape of a built-in one's pictures; null for the usual
     * @param classes of a built-in one; null for ImageNet's 1000
     */
    static Network named(String name, Shape inputShape, Integer classes) {
        Optional<BuiltInNetwork> builtIn = BuiltInNetwork.named(name);
        if (builtIn.isEmpty()) {
            return ModelFile.network(name, Optional.ofNullable(inputShape));
        }
        return builtIn.get()
                .build(new ResNetOptions(
                        inputShape == null ? builtIn.get().usualInput() : inputShape,
                        classes == null ? builtIn.get().usualClasses() : classes));
    }

    private Network read() {
        if (classes != null || withoutTop || pooling != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--classes, --no-top and --pooling are for built-in networks; " + model + " is none of them");
        }
        return ModelFile.network(model, Optional.ofNullable(inputShape));
    }
}
