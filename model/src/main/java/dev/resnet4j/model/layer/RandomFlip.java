package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * In training, mirrors each picture with a chance of a half; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param mode which ways
 */
public record RandomFlip(String name, Mode mode) implements Layer {
    /** Which ways a picture is mirrored. */
    public enum Mode {
        /** Left and right. */
        HORIZONTAL,
        /** Up and down. */
        VERTICAL,
        /** Both at once or neither, as Keras 3 does; Keras 2 drew for each way by itself. */
        HORIZONTAL_AND_VERTICAL;

        /** Keras's word: {@code horizontal_and_vertical}. */
        public String kerasName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An unnamed flip. */
    public RandomFlip(Mode mode) {
        this("", mode);
    }

    @Override
    public RandomFlip withName(String newName) {
        return new RandomFlip(newName, mode);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.featureMap(this, inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
