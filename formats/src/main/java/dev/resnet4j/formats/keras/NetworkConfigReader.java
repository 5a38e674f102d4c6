package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.keras.LayerTemplate.Input;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A network from the configuration of any Keras: that of a file, or a model's JSON alone. */
final class NetworkConfigReader {
    /** Where what is wrong stands, in whatever file. */
    static final String PLACE = "model configuration";

    private NetworkConfigReader() {}

    /**
     * @param version what the file says of the Keras that wrote it, where it says it outside of the configuration
     * @param inputShape the shape of one picture, (height, width, channels), where the file leaves it open
     * @throws FormatException if it is no network that resnet4j can represent; all reasons of one kind at once
     */
    static LayeredNetwork read(JsonNode model, Optional<String> version, Optional<Shape> inputShape) {
        String className = model.path("class_name").asText();
        if (!ModelConfigReader.isModel(model)) {
            throw new FormatException(
                    PLACE,
                    "the model is of a class of its own, '" + className
                            + "', whose layers stand in its Python code and not in the file",
                    "save it as a model of the functional API or a Sequential");
        }
        Unsupported unsupported = new Unsupported();
        Optional<ModelTemplate> read = new ModelConfigReader(KerasVersion.of(model, version), unsupported).read(model);
        Shape input = read.map(template -> inputShape(template, inputShape, unsupported))
                .orElse(Shape.of(1));
        unsupported.throwIfAny();
        boolean frozen = ModelConfigReader.isFrozen(model.path("config"));
        return build(read.orElseThrow(), input, frozen, unsupported);
    }

    private static LayeredNetwork build(ModelTemplate model, Shape input, boolean frozen, Unsupported unsupported) {
        try {
            LayeredNetwork network = NetworkBuilder.build(model, input, frozen, unsupported);
            unsupported.throwIfAny();
            requireNamesApart(network.network(), "", new HashSet<>());
            return network;
        } catch (InvalidNetworkException e) {
            // What does not fit may follow from what is not supported.
            unsupported.throwIfAny();
            throw new FormatException(PLACE, e.getMessage(), Advice.SUPPORTED_ONLY, e);
        } catch (ArithmeticException e) {
            throw new FormatException(PLACE, "the shapes of its layers are too large to count", Advice.SAVE_AGAIN, e);
        }
    }

    /** The shape of a picture in the file's order of axes. */
    private static Shape inputShape(ModelTemplate model, Optional<Shape> given, Unsupported unsupported) {
        Optional<Input> known = model.input();
        if (given.isEmpty()) {
            if (known.isEmpty() || known.get().isOpen()) {
                unsupported.addOpenInput(
                        known.map(Input::toString).orElse("that the file does not tell"), model.inputLayer());
                return Shape.of(1);
            }
            return known.get().shape();
        }
        Shape shape = given.get();
        boolean channelsFirst = shape.rank() == 3 && model.takesChannelsFirst();
        Shape inFile = channelsFirst ? Shape.of(shape.channels(), shape.height(), shape.width()) : shape;
        if (known.isPresent() && !known.get().admits(inFile)) {
            throw new FormatException(
                    PLACE,
                    "the model takes " + known.get() + (channelsFirst ? ", channels first" : "")
                            + ", which the input shape " + shape.sizeText() + " does not fit",
                    "give another input shape, or none");
        }
        return inFile;
    }

    /** A layer 'a/b' and a layer 'b' in a model 'a' would have the same weights. */
    private static void requireNamesApart(Network network, String prefix, Set<String> names) {
        for (Node node : network.layers()) {
            String name = prefix + node.layer().name();
            if (!names.add(name)) {
                throw new FormatException(
                        PLACE,
                        "two layers are named '" + name + "', one of them in a model of the model",
                        "give one of them another name");
            }
            if (node.layer() instanceof Network nested) {
                requireNamesApart(nested, name + "/", names);
            }
        }
    }
}
