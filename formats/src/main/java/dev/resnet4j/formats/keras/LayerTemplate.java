package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer of a file as it stands there, before its input's shape is known.
 *
 * @param className the class that the file names
 * @param name the layer's name
 * @param content what the layer is
 * @param frozen whether it is kept as it is in training
 * @param calls for each of its calls what it takes; empty in a Sequential, where layers stand one after the other
 */
record LayerTemplate(String className, String name, Content content, boolean frozen, List<List<Reference>> calls) {
    LayerTemplate withCalls(List<List<Reference>> newCalls) {
        return new LayerTemplate(className, name, content, frozen, newCalls);
    }

    /** What stands in a layer's place. */
    sealed interface Content permits Single, Input, Nested {}

    /**
     * One layer.
     *
     * @param layer the layer, its axes as the file has them
     * @param axes what it takes its input's axes for
     */
    record Single(Layer layer, AxisUse axes) implements Content {}

    /**
     * Where pictures enter.
     *
     * @param sizes of one picture as the file has them; empty where one is open
     */
    record Input(List<Optional<Integer>> sizes) implements Content {
        boolean isOpen() {
            return sizes.stream().anyMatch(Optional::isEmpty);
        }

        /** Whether a picture of this shape may enter. */
        boolean admits(Shape shape) {
            boolean admits = shape.rank() == sizes.size();
            for (int axis = 0; admits && axis < sizes.size(); axis++) {
                int size = shape.dimension(axis);
                admits = sizes.get(axis).map(known -> known == size).orElse(true);
            }
            return admits;
        }

        /** The shape, which is not open. */
        Shape shape() {
            return new Shape(sizes.stream().map(Optional::orElseThrow).toList());
        }

        /** As Keras writes it: {@code (None, 224, 224, 3)}. */
        @Override
        public String toString() {
            List<String> parts = new ArrayList<>(List.of("None"));
            sizes.forEach(size -> parts.add(size.map(String::valueOf).orElse("None")));
            return "(" + String.join(", ", parts) + ")";
        }
    }

    /** A model in a model. */
    record Nested(ModelTemplate model) implements Content {}

    /**
     * The output of a call of a layer.
     *
     * @param layer the layer's name
     * @param call which of its calls, from 0
     */
    record Reference(String layer, int call) {}
}
