package dev.resnet4j.engine.torch;

import dev.resnet4j.model.tensor.NdArray;
import java.util.Optional;

/**
 * Pictures to learn from.
 *
 * @param pictures (batch, height, width, channels)
 * @param labels one-hot, or shares of several classes that add up to 1: (batch, classes)
 * @param sampleWeights how much each picture's loss counts: (batch); 1 each where there are none
 */
public record LabelledBatch(NdArray pictures, NdArray labels, Optional<NdArray> sampleWeights) {
    /** Pictures that all count the same. */
    public LabelledBatch(NdArray pictures, NdArray labels) {
        this(pictures, labels, Optional.empty());
    }

    /** How many pictures. */
    public int size() {
        return labels.shape().dimension(0);
    }
}
