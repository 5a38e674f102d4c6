package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.ActivationFunction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of activation functions, which are not the same functions in every version of Keras. */
final class ActivationNames {
    private static final Map<String, ActivationFunction> SYNONYMS = Map.of(
            "swish", ActivationFunction.SILU,
            "hard_swish", ActivationFunction.HARD_SILU);

    /** What Keras 2.15 and TensorFlow.js know. */
    private static final Set<ActivationFunction> OF_KERAS_2 = EnumSet.of(
            ActivationFunction.LINEAR,
            ActivationFunction.RELU,
            ActivationFunction.RELU6,
            ActivationFunction.SOFTMAX,
            ActivationFunction.SIGMOID,
            ActivationFunction.TANH,
            ActivationFunction.ELU,
            ActivationFunction.SELU,
            ActivationFunction.GELU,
            ActivationFunction.SILU,
            ActivationFunction.MISH,
            ActivationFunction.SOFTPLUS,
            ActivationFunction.SOFTSIGN,
            ActivationFunction.EXPONENTIAL,
            ActivationFunction.HARD_SIGMOID_KERAS_2);

    private ActivationNames() {}

    /** The function that the version calls so, if resnet4j has it. */
    static Optional<ActivationFunction> read(String name, KerasVersion version) {
        if (name.equals("hard_sigmoid")) {
            return Optional.of(
                    version == KerasVersion.KERAS_3
                            ? ActivationFunction.HARD_SIGMOID
                            : ActivationFunction.HARD_SIGMOID_KERAS_2);
        }
        return Arrays.stream(ActivationFunction.values())
                .filter(function -> function.kerasName().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(SYNONYMS.get(name)));
    }

    /** What Keras 3 calls the function, if it has it. */
    static Optional<String> inKeras3(ActivationFunction function) {
        return function == ActivationFunction.HARD_SIGMOID_KERAS_2
                ? Optional.empty()
                : Optional.of(function.kerasName());
    }

    /** What Keras 2 calls the function, if it has it. */
    static Optional<String> inKeras2(ActivationFunction function) {
        if (!OF_KERAS_2.contains(function)) {
            return Optional.empty();
        }
        return Optional.of(function == ActivationFunction.SILU ? "swish" : function.kerasName());
    }
}
