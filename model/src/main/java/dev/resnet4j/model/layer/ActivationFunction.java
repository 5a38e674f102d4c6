package dev.resnet4j.model.layer;

import java.util.Locale;

/** An element-wise function, or one over the last axis such as the softmax; named as in Keras. */
public enum ActivationFunction {
    /** x. */
    LINEAR,
    /** max(x, 0). */
    RELU,
    /** exp(x) over the sum of exp(x) along the last axis. */
    SOFTMAX,
    /** 1 / (1 + exp(-x)). */
    SIGMOID,
    /** tanh(x). */
    TANH,
    /** min(max(x, 0), 6). */
    RELU6,
    /** x above 0, 0.2 x below. */
    LEAKY_RELU,
    /** x above 0, exp(x) - 1 below. */
    ELU,
    /** 1.0507 * (x above 0, 1.67326 * (exp(x) - 1) below), Klambauer et al. 2017. */
    SELU,
    /** x above 0, exp(x) - 1 below; as {@link #ELU} with Keras's alpha of 1. */
    CELU,
    /** x * Phi(x), with the normal distribution's Phi and not its approximation. */
    GELU,
    /** x * sigmoid(x), also called swish. */
    SILU,
    /** x * tanh(softplus(x)). */
    MISH,
    /** log(1 + exp(x)). */
    SOFTPLUS,
    /** x / (1 + |x|). */
    SOFTSIGN,
    /** exp(x). */
    EXPONENTIAL,
    /** relu6(x + 3) / 6, as in Keras 3. */
    HARD_SIGMOID,
    /** 0.2 x + 0.5 cut to [0, 1]: what Keras 1 and 2 call hard_sigmoid. */
    HARD_SIGMOID_KERAS_2,
    /** x * relu6(x + 3) / 6, also called hard_swish. */
    HARD_SILU,
    /** x cut to [-1, 1]. */
    HARD_TANH,
    /** log(sigmoid(x)). */
    LOG_SIGMOID,
    /** log of the softmax over the last axis. */
    LOG_SOFTMAX,
    /** x - 0.5 above 0.5, x + 0.5 below -0.5, 0 between. */
    SOFT_SHRINK,
    /** x where |x| > 0.5, else 0. */
    HARD_SHRINK,
    /** x - tanh(x). */
    TANH_SHRINK,
    /** x above 1, else 0: Keras's defaults. */
    THRESHOLD,
    /** (x + sqrt(x^2 + 4)) / 2. */
    SQUAREPLUS,
    /** 0 up to -1, (x + 1)^2 / 4 up to 1, x above. */
    SPARSE_PLUS,
    /** 0 up to -1, (x + 1) / 2 up to 1, 1 above. */
    SPARSE_SIGMOID,
    /** the point of the simplex nearest to x along the last axis, Martins and Astudillo 2016. */
    SPARSEMAX;

    /** Keras's word: {@code relu}. */
    public String kerasName() {
        return this == HARD_SIGMOID_KERAS_2 ? HARD_SIGMOID.kerasName() : name().toLowerCase(Locale.ROOT);
    }
}
