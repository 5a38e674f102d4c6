package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.ReLU;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Keras's activation functions in libtorch's operations. */
final class Activations {
    private Activations() {}

    /**
     * The function's values, in a tensor of its own handle.
     *
     * @param mayOverwrite whether the input's memory may take the result
     */
    static Tensor apply(ActivationFunction function, Tensor x, boolean mayOverwrite) {
        return switch (function) {
            case LINEAR -> new Tensor(x);
            case RELU -> mayOverwrite ? new Tensor(torch.relu_(x)) : torch.relu(x);
            case SOFTMAX -> torch.softmax(x, KerasOrder.channelAxis(x));
            case SIGMOID -> torch.sigmoid(x);
            case TANH -> torch.tanh(x);
            case RELU6 -> Tensors.clamp(x, 0, 6);
            case LEAKY_RELU -> torch.leaky_relu(x, new Scalar(0.2));
            case ELU, CELU -> torch.elu(x);
            case SELU -> torch.selu(x);
            case GELU -> torch.gelu(x);
            case SILU -> torch.silu(x);
            case MISH -> torch.mish(x);
            case SOFTPLUS -> torch.softplus(x);
            case SOFTSIGN -> x.div(x.abs().add(new Scalar(1.0)));
            case EXPONENTIAL -> x.exp();
            case HARD_SIGMOID -> torch.hardsigmoid(x);
            case HARD_SIGMOID_KERAS_2 -> Tensors.clamp(x.mul(new Scalar(0.2)).add(new Scalar(0.5)), 0, 1);
            case HARD_SILU -> torch.hardswish(x);
            case HARD_TANH -> Tensors.clamp(x, -1, 1);
            case LOG_SIGMOID -> torch.log_sigmoid(x);
            case LOG_SOFTMAX -> torch.log_softmax(x, KerasOrder.channelAxis(x));
            case SOFT_SHRINK -> torch.softshrink(x, new Scalar(0.5));
            case HARD_SHRINK -> torch.hardshrink(x, new Scalar(0.5));
            case TANH_SHRINK -> x.sub(torch.tanh(x));
            case THRESHOLD -> torch.threshold(x, new Scalar(1.0), new Scalar(0.0));
            case SQUAREPLUS -> x.add(x.mul(x).add(new Scalar(4.0)).sqrt()).mul(new Scalar(0.5));
            case SPARSE_PLUS -> {
                Tensor raised = x.add(new Scalar(1.0));
                Tensor curve = raised.mul(raised).mul(new Scalar(0.25));
                Tensor above = torch.where(x.lt(new Scalar(1.0)), curve, x);
                yield torch.where(x.le(new Scalar(-1.0)), new Scalar(0.0), above);
            }
            case SPARSE_SIGMOID -> Tensors.clamp(x.add(new Scalar(1.0)).mul(new Scalar(0.5)), 0, 1);
            case SPARSEMAX -> sparsemax(x);
        };
    }

    /** Keras's ReLU with its options. */
    static Tensor relu(ReLU layer, Tensor x) {
        Scalar threshold = new Scalar(layer.threshold());
        Tensor above = layer.threshold() == 0 ? torch.relu(x) : x.mul(x.gt(threshold));
        Tensor cut = Double.isInfinite(layer.maxValue()) ? above : Tensors.clamp(above, 0, layer.maxValue());
        if (layer.negativeSlope() == 0) {
            return cut;
        }
        Tensor below = torch.relu(x.neg().add(threshold));
        return cut.sub(below.mul(new Scalar(layer.negativeSlope())));
    }

    /**
     * The largest numbers keep what they have above a threshold, which is where these parts add up to 1 (Martins and
     * Astudillo 2016, algorithm 1). In 32 bits, as the threshold comes from sums.
     */
    private static Tensor sparsemax(Tensor input) {
        Tensor x = input.toType(torch.ScalarType.Float).transpose(KerasOrder.channelAxis(input), -1);
        Tensor descending = torch.sort(x, new BoolOptional(true), -1, true).get0();
        Tensor sumsLessOne = descending.cumsum(-1).sub(new Scalar(1.0));
        Tensor ranks = torch.ones_like(descending).cumsum(-1);
        Tensor supported = descending.mul(ranks).gt(sumsLessOne);
        Tensor supportSize = supported.sum(new long[] {-1}, true, null);
        Tensor threshold =
                sumsLessOne.gather(-1, supportSize.sub(new Scalar(1L))).div(supportSize);
        return torch.relu(x.sub(threshold))
                .transpose(KerasOrder.channelAxis(input), -1)
                .toType(input.scalar_type());
    }
}
