package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What a part's layers make of their weights, in native memory, for all plans of the part; until closed. Batch normalisation
 * is multiplied into the kernels before it, and each kernel is packed in the orders that the plans read it in.
 */
public final class PredictionWeights implements AutoCloseable {
    /**
     * A convolution's weights.
     *
     * @param packed the kernel, in one or more orders
     */
    private record Convolution(List<memory> packed, memory bias) {}

    private final NumberType numbers;
    private final Function<WeightName, NdArray> weights;
    private final NativeObjects owned = new NativeObjects();
    private final Map<PlannedLayer, Convolution> convolutions = new HashMap<>();
    private final Map<PlannedLayer, ScaledChannels> normalizations = new HashMap<>();
    private float largest;

    /**
     * @param numbers of the kernels in use; biases stay in 32 bits
     * @param weights gives each weight in Keras's shape; asked when the first plan is made
     */
    public PredictionWeights(NumberType numbers, Function<WeightName, NdArray> weights) {
        this.numbers = numbers;
        this.weights = weights;
    }

    NumberType numbers() {
        return numbers;
    }

    /** The largest magnitude of all that plans have asked for; not a number where one of them is none. */
    public float largest() {
        return largest;
    }

    /** A convolution's kernel in an order. */
    memory kernel(PlannedLayer.FusedConvolution layer, memory.desc order) {
        List<memory> packed = convolutions
                .computeIfAbsent(layer, ignored -> folded(layer, order))
                .packed();
        return packed.stream()
                .filter(kernel -> kernel.get_desc().equals(order))
                .findFirst()
                .orElseGet(() -> {
                    memory other = reordered(packed.get(0), order);
                    packed.add(other);
                    return other;
                });
    }

    /** A convolution's bias, after {@link #kernel}. */
    memory bias(PlannedLayer.FusedConvolution layer) {
        return convolutions.get(layer).bias();
    }

    private Convolution folded(PlannedLayer.FusedConvolution layer, memory.desc order) {
        FoldedKernel folded = FoldedKernel.of(layer.layers(), weights);
        memory.desc plain = new memory.desc(
                layer.shape().kernelSizes(), memory.data_type.f32, layer.shape().kerasOrder());
        List<memory> packed = new ArrayList<>();
        try (memory kernel = copy(plain, folded.kernel().values())) {
            packed.add(reordered(kernel, order));
        }
        memory.desc channels = TrainingPlanner.channels(folded.bias().length);
        return new Convolution(packed, owned.keep(copy(channels, folded.bias())));
    }

    /** What a batch normalisation comes to. */
    ScaledChannels normalization(PlannedLayer.Normalization layer) {
        return normalizations.computeIfAbsent(layer, ignored -> {
            FoldedNormalization folded =
                    FoldedNormalization.of(layer.layer(), layer.shape().channels(), weights);
            memory.desc channels = owned.keep(new memory.desc(
                    new long[] {1, layer.shape().channels(), 1, 1}, memory.data_type.f32, memory.format_tag.abcd));
            return new ScaledChannels(
                    channels,
                    owned.keep(copy(channels, toFloats(folded.factors()))),
                    owned.keep(copy(channels, toFloats(folded.summands()))));
        });
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }

    private memory copy(memory.desc layout, float[] values) {
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        memory copy = new memory(layout, OneDnn.processor());
        new FloatPointer(copy.get_data_handle()).put(values);
        return copy;
    }

    private memory reordered(memory from, memory.desc order) {
        memory to = owned.keep(new memory(order, OneDnn.processor()));
        new reorder(from, to).execute(OneDnn.stream(), from, to);
        OneDnn.stream()._wait();
        return to;
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        owned.close();
        convolutions.clear();
        normalizations.clear();
    }
}
