package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ActivationFunctionTest {
    @Test
    void isNamedAsInKeras() {
        assertThat(Arrays.stream(ActivationFunction.values()).map(ActivationFunction::kerasName))
                .containsExactly(
                        "linear",
                        "relu",
                        "softmax",
                        "sigmoid",
                        "tanh",
                        "relu6",
                        "leaky_relu",
                        "elu",
                        "selu",
                        "celu",
                        "gelu",
                        "silu",
                        "mish",
                        "softplus",
                        "softsign",
                        "exponential",
                        "hard_sigmoid",
                        "hard_sigmoid",
                        "hard_silu",
                        "hard_tanh",
                        "log_sigmoid",
                        "log_softmax",
                        "soft_shrink",
                        "hard_shrink",
                        "tanh_shrink",
                        "threshold",
                        "squareplus",
                        "sparse_plus",
                        "sparse_sigmoid",
                        "sparsemax");
    }

    @Test
    void isNamedTheSameWhateverTheLocalesLowerCase() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));

            assertThat(ActivationFunction.SIGMOID.kerasName()).isEqualTo("sigmoid");
        } finally {
            Locale.setDefault(before);
        }
    }
}
