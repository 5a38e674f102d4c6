package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How much the pictures of each class count in training, for classes with few pictures beside others with many. */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * Weights that give each class the same say: pictures / (classes * pictures of the class), as scikit-learn's
     * {@code class_weight="balanced"}; King and Zeng 2001. A class without pictures weighs 1.
     */
    public static List<Double> balanced(Dataset data) {
        return IntStream.range(0, data.classes())
                .mapToObj(ofClass -> {
                    int pictures = Collections.frequency(data.labels(), ofClass);
                    return pictures == 0 ? 1.0 : (double) data.size() / ((double) data.classes() * pictures);
                })
                .toList();
    }

    static void requireInRange(List<Double> classWeights) {
        for (double weight : classWeights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("a class's weight must be at least 0 and finite, got " + weight);
            }
        }
    }

    /**
     * The weight of each sample: the sum of label * weight over its classes.
     *
     * @param labels (batch, classes)
     * @return (batch)
     */
    static NdArray ofSamples(NdArray labels, List<Double> classWeights) {
        float[] weights = new float[labels.shape().dimension(0)];
        for (int sample = 0; sample < weights.length; sample++) {
            float[] shares = labels.row(sample);
            double weight = 0;
            for (int ofClass = 0; ofClass < shares.length; ofClass++) {
                weight += shares[ofClass] * classWeights.get(ofClass);
            }
            weights[sample] = (float) weight;
        }
        return new NdArray(Shape.of(weights.length), weights);
    }
}
