package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What a part's layers make of their weights, in native memory, for all plans of the part; until closed. Batch normalisation
 * is multiplied into the kernels before it, and each kernel is packed in the orders that the plans read it in.
 */
public final class PredictionWeights implements AutoCloseable {
    private final PredictionNumbers numbers;
    private final Function<WeightName, NdArray> weights;
    private final NativeObjects owned = new NativeObjects();
    /** By the name of the feature map that each makes. */
    private final Map<String, ConvolutionWeights> convolutions = new HashMap<>();

    private final Map<String, ScaledChannels> normalizations = new HashMap<>();
    private float largest;

    /**
     * @param numbers of the kernels in use; biases stay in 32 bits
     * @param weights gives each weight in Keras's shape; asked when the first plan is made
     */
    public PredictionWeights(PredictionNumbers numbers, Function<WeightName, NdArray> weights) {
        this.numbers = numbers;
        this.weights = weights;
    }

    PredictionNumbers numbers() {
        return numbers;
    }

    /** The largest magnitude of all that plans have asked for; not a number where one of them is none. */
    public float largest() {
        return largest;
    }

    /**
     * A convolution's weights in floating point.
     *
     * @param order in which the kernel is wanted first
     */
    ConvolutionWeights floats(PlannedLayer.FusedConvolution layer, memory.desc order) {
        return convolutions.computeIfAbsent(
                layer.output(), ignored -> new ConvolutionWeights(layer.shape(), folded(layer), order));
    }

    /** A convolution's weights in bytes. */
    ConvolutionWeights bytes(PlannedLayer.FusedConvolution layer) {
        return convolutions.computeIfAbsent(
                layer.output(), ignored -> new ConvolutionWeights(layer.shape(), folded(layer)));
    }

    private FoldedKernel folded(PlannedLayer.FusedConvolution layer) {
        FoldedKernel folded = FoldedKernel.of(layer.layers(), weights);
        note(folded.kernel());
        note(numbers(folded.bias()));
        return folded;
    }

    /** What a batch normalisation comes to. */
    ScaledChannels normalization(PlannedLayer.Normalization layer) {
        return normalizations.computeIfAbsent(layer.output(), ignored -> {
            FoldedNormalization folded =
                    FoldedNormalization.of(layer.layer(), layer.shape().channels(), weights);
            memory.desc layout = owned.keep(new memory.desc(
                    new long[] {1, layer.shape().channels(), 1, 1}, memory.data_type.f32, memory.format_tag.abcd));
            return new ScaledChannels(layout, channels(layout, folded.factors()), channels(layout, folded.summands()));
        });
    }

    private memory channels(memory.desc layout, double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        note(numbers(floats));
        memory channels = owned.keep(new memory(layout, OneDnn.processor()));
        new FloatPointer(channels.get_data_handle()).put(floats);
        return channels;
    }

    private static NdArray numbers(float[] channels) {
        return new NdArray(Shape.of(channels.length), channels);
    }

    private void note(NdArray values) {
        largest = Math.max(largest, values.largestMagnitude());
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        convolutions.values().forEach(ConvolutionWeights::close);
        convolutions.clear();
        normalizations.clear();
        owned.close();
    }
}
