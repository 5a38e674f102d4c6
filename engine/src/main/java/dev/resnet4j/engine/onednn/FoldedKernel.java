package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.function.Function;

/**
 * A convolution's kernel and bias with the batch normalisation behind it multiplied in: since normalising by moving
 * statistics is linear, one convolution does both.
 *
 * @param kernel (kernel height, kernel width, in / groups, out)
 * @param bias one number for each output channel
 */
record FoldedKernel(NdArray kernel, float[] bias) {
    /** @param weights gives each weight in Keras's shape */
    static FoldedKernel of(FusedLayers layers, Function<WeightName, NdArray> weights) {
        Conv2D convolution = (Conv2D) layers.convolution().layer();
        NdArray kernel = weights.apply(new WeightName(convolution.name(), "kernel"));
        float[] bias = convolution.useBias()
                ? weights.apply(new WeightName(convolution.name(), "bias")).values()
                : new float[convolution.filters()];
        FoldedKernel plain = new FoldedKernel(kernel, bias);
        return layers.normalization()
                .map(normalization -> plain.normalized(normalization, weights))
                .orElse(plain);
    }

    private FoldedKernel normalized(Node node, Function<WeightName, NdArray> weights) {
        BatchNormalization layer = (BatchNormalization) node.layer();
        FoldedNormalization normalization = FoldedNormalization.of(layer, bias.length, weights);
        float[] newBias = new float[bias.length];
        for (int channel = 0; channel < bias.length; channel++) {
            newBias[channel] = (float) (bias[channel] * normalization.factors()[channel]
                    + normalization.summands()[channel]);
        }
        return new FoldedKernel(scaled(normalization.factors()), newBias);
    }

    /** The output channels are the last axis. */
    private NdArray scaled(double[] factors) {
        float[] values = new float[kernel.values().length];
        for (int start = 0; start < values.length; start += factors.length) {
            for (int channel = 0; channel < factors.length; channel++) {
                values[start + channel] = (float) (kernel.values()[start + channel] * factors[channel]);
            }
        }
        return new NdArray(kernel.shape(), values);
    }
}
