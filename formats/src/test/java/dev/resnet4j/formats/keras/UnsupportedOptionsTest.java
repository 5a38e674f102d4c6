package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.CosineDecay;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsupportedOptionsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Network NETWORK = SmallModel.everyLayer();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeAModelWithEveryLayer() {
        file = folder.resolve("model.keras");
        KerasFile.write(SmallModel.trained(NETWORK, new Adam()), file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stem | data_format | \"channels_middle\"",
                "stem | activation | \"snake\"",
                "stem | padding | \"causal\"",
                "stem | dtype | \"float64\"",
                "batch_normalization | axis | 2",
                "batch_normalization | renorm | true",
                "batch_normalization | mode | 2",
                "flatten | data_format | \"any\"",
                "dropout | noise_shape | [1,4]",
                "dense | quantization_config | 8",
                "input_layer | batch_shape | [null,0,3]",
                "input_layer | sparse | true"
            })
    void refusesWhatItsLayersCannotDo(String layer, String option, String value) throws IOException {
        change(layer, option, value);

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("resnet4j does not support", "(" + layer + ")", value.replace("\"", ""));
    }

    @Test
    void namesAllOfThemAtOnce() throws IOException {
        change("stem", "padding", "\"full\"");
        change("conv2d", "padding", "\"full\"");
        change("batch_normalization", "renorm", "true");
        change("dense", "activation", "{\"class_name\":\"Snake\",\"config\":{\"width\":3}}");

        assertThatThrownBy(() -> KerasFile.read(file))
                .hasMessageContainingAll(
                        "padding full (stem, conv2d)", "renorm true (batch_normalization)", "activation Snake (dense)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stem | filters | \"many\" | whole number",
                "stem | kernel_size | [3] | whole number",
                "stem | use_bias | 2 | true or false",
                "stem | filters | 0 | at least 1",
                "zero_padding2d | padding | [[1,1]] | two pairs",
                "dropout | rate | null | a number",
                "dropout | rate | 1 | below 1",
                "max_pooling2d | pool_size | [99999999999,1] | whole number",
                "average_pooling2d | pool_size | [30,30] | does not fit",
                "dense | units | -3 | at least 1"
            })
    void refusesValuesThatMakeNoSense(String layer, String option, String value, String reason) throws IOException {
        change(layer, option, value);

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.keras", "model configuration", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stem | kernel_regularizer | {\"class_name\":\"L2\"}",
                "stem | dtype | {\"config\":{\"name\":\"mixed_bfloat16\"}}",
                "batch_normalization | axis | [3]",
                "batch_normalization | synchronized | true",
                "dropout | seed | 5"
            })
    void passesOverWhatDoesNotChangeThePredictions(String layer, String option, String value) throws IOException {
        change(layer, option, value);

        assertThat(KerasFile.read(file).network()).isEqualTo(NETWORK);
    }

    @Test
    void takesAnyInitializerSinceTheWeightsAreInTheFile() throws IOException {
        change("dense", "kernel_initializer", "{\"class_name\":\"Orthogonal\",\"config\":{}}");

        SavedModel read = KerasFile.read(file);

        assertThat(read.weights()).isEqualTo(SmallModel.weights(NETWORK, 1));
        assertThat(((Dense) read.network().node("dense").layer()).units()).isEqualTo(3);
    }

    @Test
    void takesOneNumberForBothSidesAndStridesAsLargeAsThePool() throws IOException {
        change("max_pooling2d", "pool_size", "2");
        change("max_pooling2d", "strides", "null");

        MaxPooling2D pooling = (MaxPooling2D)
                KerasFile.read(file).network().node("max_pooling2d").layer();

        assertThat(pooling.window().size()).isEqualTo(Size2D.square(2));
        assertThat(pooling.window().strides()).isEqualTo(Size2D.square(2));
    }

    @Test
    void refusesALayerThatTakesOneAfterIt() throws IOException {
        Zips.changeConfig(
                file,
                config -> ((ArrayNode) layer(config, "activation").at("/inbound_nodes/0/args/0/config/keras_history"))
                        .set(0, "dense"));

        assertThatThrownBy(() -> KerasFile.read(file))
                .hasMessageContainingAll("'activation'", "dense", "no layer that stands before it");
    }

    @Test
    void refusesTwoLayersOfOneName() throws IOException {
        Zips.changeConfig(file, config -> {
            ObjectNode activation = layer(config, "activation");
            activation.put("name", "stem");
            ((ObjectNode) activation.path("config")).put("name", "stem");
        });

        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContaining("two layers are named 'stem'");
    }

    @Test
    void refusesAModelWithTwoOutputs() throws IOException {
        Zips.changeConfig(file, config -> {
            ArrayNode outputs = ((ObjectNode) config.path("config")).putArray("output_layers");
            outputs.addArray().add("dense").add(0).add(0);
            outputs.addArray().add("three").add(0).add(0);
        });

        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContaining("2 output_layers");
    }

    @Test
    void takesReferencesInAListAsOlderVersionsOfKerasWriteThem() throws IOException {
        Zips.changeConfig(file, config -> {
            ObjectNode model = (ObjectNode) config.path("config");
            model.putArray("output_layers").addArray().add("dense").add(0).add(0);
            model.putArray("input_layers").addArray().add("input_layer").add(0).add(0);
        });

        assertThat(KerasFile.read(file).network()).isEqualTo(NETWORK);
    }

    @Test
    void refusesLayersThatLeadNowhere() throws IOException {
        Zips.changeConfig(file, config -> ((ArrayNode) config.at("/config/output_layers")).set(0, "max_pooling2d"));

        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContainingAll("nothing connects", "dense");
    }

    @ParameterizedTest
    @CsvSource({"clipvalue, 0.01", "clipnorm, 1.0", "ema_overwrite_frequency, 100", "amsgrad, true"})
    void takesNoCompilationWhoseOptimizerHasMoreToIt(String option, String value) throws IOException {
        Zips.changeConfig(
                file, config -> set((ObjectNode) config.at("/compile_config/optimizer/config"), option, value));

        assertThat(KerasFile.read(file).compilation()).isEmpty();
    }

    @Test
    void refusesALearningRateThatMakesNoSense() throws IOException {
        Zips.changeConfig(
                file, config -> set((ObjectNode) config.at("/compile_config/optimizer/config"), "learning_rate", "-1"));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("compile_config", "-1");
    }

    @Test
    void decaysFromTheTargetWhereKerasHasOneWithoutAWarmUp() throws IOException {
        String schedule = "{\"class_name\":\"CosineDecay\",\"config\":{\"initial_learning_rate\":0.5,\"decay_steps\":9,"
                + "\"alpha\":0.0,\"warmup_target\":0.25,\"warmup_steps\":0}}";
        Zips.changeConfig(
                file,
                config -> set((ObjectNode) config.at("/compile_config/optimizer/config"), "learning_rate", schedule));

        assertThat(KerasFile.read(file).compilation().orElseThrow().optimizer().learningRate())
                .isEqualTo(new CosineDecay(0.25, 9, 0, 0.25, 0));
    }

    private void change(String layer, String option, String value) throws IOException {
        Zips.changeConfig(file, config -> set((ObjectNode) layer(config, layer).path("config"), option, value));
    }

    private static ObjectNode layer(JsonNode config, String name) {
        for (JsonNode layer : config.at("/config/layers")) {
            if (layer.path("name").asText().equals(name)) {
                return (ObjectNode) layer;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static void set(ObjectNode config, String option, String value) {
        try {
            config.set(option, MAPPER.readTree(value));
        } catch (IOException e) {
            throw new IllegalArgumentException(value, e);
        }
    }
}
