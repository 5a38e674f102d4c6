package dev.resnet4j.engine;

import dev.resnet4j.data.batch.Batch;
import dev.resnet4j.engine.torch.LabelledBatch;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A batch's numbers as arrays with shapes. */
final class Batches {
    private Batches() {}

    /** (batch, height, width, channels). */
    static NdArray pictures(Batch batch) {
        return new NdArray(Shape.of(batch.size(), batch.height(), batch.width(), batch.channels()), batch.images());
    }

    /**
     * To learn from.
     *
     * @param classWeights how much each class counts; empty where all count the same
     */
    static LabelledBatch labelled(Batch batch, List<Double> classWeights) {
        NdArray labels = labels(batch);
        return new LabelledBatch(
                pictures(batch),
                labels,
                classWeights.isEmpty() ? Optional.empty() : Optional.of(ClassWeights.ofSamples(labels, classWeights)));
    }

    /** One-hot or shares, (batch, classes). */
    static NdArray labels(Batch batch) {
        return new NdArray(Shape.of(batch.size(), batch.classes()), batch.labels());
    }
}
