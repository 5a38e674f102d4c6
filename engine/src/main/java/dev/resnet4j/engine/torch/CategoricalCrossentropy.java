package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Softmax;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The loss of a classifier, from one-hot or soft labels (batch, classes). Of a network that ends with a softmax it takes the
 * logits, so that it stays exact where a probability rounds to 0 or 1; of another it takes the outputs as Keras does,
 * scaled to add up to 1 and clipped to [1e-7, 1 - 1e-7].
 */
final class CategoricalCrossentropy {
    private static final double SMALLEST_PROBABILITY = 1e-7;
    private static final long CLASS_AXIS = 1;

    private final boolean fromLogits;

    CategoricalCrossentropy(Network network) {
        this.fromLogits = Softmax.ends(network.output());
    }

    /** What the loss is worked out from: (batch, classes). */
    Tensor scores(ForwardPass pass, Tensor input) {
        return fromLogits ? pass.logits(input) : pass.output(input);
    }

    /** Labels of which a share is spread over all classes: label * (1 - smoothing) + smoothing / classes. */
    static Tensor smooth(Tensor labels, double smoothing) {
        if (smoothing == 0) {
            return labels;
        }
        double ofEachClass = smoothing / labels.size(CLASS_AXIS);
        return labels.mul(new Scalar(1 - smoothing)).add(new Scalar(ofEachClass));
    }

    /** The mean over the batch, a single number. */
    Tensor loss(Tensor scores, Tensor labels) {
        return logLikelihoods(scores, labels).mean().neg();
    }

    /** The mean over the batch where each sample's loss is multiplied with its weight first, as Keras does. */
    Tensor loss(Tensor scores, Tensor labels, Tensor sampleWeights) {
        return logLikelihoods(scores, labels).mul(sampleWeights).mean().neg();
    }

    private Tensor logLikelihoods(Tensor scores, Tensor labels) {
        return labels.mul(logProbabilities(scores)).sum(CLASS_AXIS);
    }

    private Tensor logProbabilities(Tensor scores) {
        if (fromLogits) {
            return torch.log_softmax(scores, CLASS_AXIS);
        }
        Tensor probabilities = scores.div(scores.sum(new long[] {CLASS_AXIS}, true, null));
        return Tensors.clamp(probabilities, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
                .log();
    }

    /** How many samples' highest score is at the right class. */
    static long correct(Tensor scores, Tensor labels) {
        Tensor predicted = scores.argmax(new LongOptional(CLASS_AXIS), false);
        Tensor right = labels.argmax(new LongOptional(CLASS_AXIS), false);
        return predicted.eq(right).sum().item_long();
    }
}
