package dev.resnet4j.formats;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** State dicts for tests. */
public final class SmallStateDict {
    private SmallStateDict() {}

    /** A convolution's weight, an odd number of biases, and counts behind them. */
    public static StateDict withAllTypes() {
        float[] weight = new float[12];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = i / 7f - 1;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", new FloatTensor(new NdArray(Shape.of(3, 1, 2, 2), weight)));
        tensors.put("conv.bias", new FloatTensor(new NdArray(Shape.of(3), new float[] {-0.0f, Float.MIN_VALUE, 1e30f
        })));
        tensors.put("bn.num_batches_tracked", new LongTensor(Shape.of(), new long[] {(1L << 62) + 1}));
        tensors.put("größe", new LongTensor(Shape.of(2), new long[] {-1, Long.MIN_VALUE}));
        return new StateDict(tensors);
    }
}
