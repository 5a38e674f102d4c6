package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What batch normalisation by moving statistics comes to: x * factor + summand.
 *
 * @param factors one for each channel
 * @param summands one for each channel
 */
record FoldedNormalization(double[] factors, double[] summands) {
    /** @param weights gives each weight in Keras's shape */
    static FoldedNormalization of(BatchNormalization layer, int channels, Function<WeightName, NdArray> weights) {
        Function<String, float[]> of =
                weight -> weights.apply(new WeightName(layer.name(), weight)).values();
        float[] mean = of.apply("moving_mean");
        float[] variance = of.apply("moving_variance");
        float[] gamma = layer.scale() ? of.apply("gamma") : ones(channels);
        float[] beta = layer.center() ? of.apply("beta") : new float[channels];
        double[] factors = new double[channels];
        double[] summands = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            factors[channel] = gamma[channel] / Math.sqrt(variance[channel] + layer.epsilon());
            summands[channel] = beta[channel] - mean[channel] * factors[channel];
        }
        return new FoldedNormalization(factors, summands);
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
