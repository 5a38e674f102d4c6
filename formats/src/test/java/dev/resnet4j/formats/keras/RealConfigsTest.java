package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The architectures of files that Keras itself wrote, from Keras 1 to Keras 3. */
class RealConfigsTest {
    @ParameterizedTest
    @CsvSource({
        "cifar10_cnn_keras3140.keras, SEQUENTIAL, 14, 61770",
        "cifar10_cnn_keras360.keras, SEQUENTIAL, 8, 167562",
        "cifar10_resnet20v1_keras224.h5, FUNCTIONAL, 73, 274442",
        "dl4j_batch_to_conv2d_tensorflow_2.h5, SEQUENTIAL, 5, 49985",
        "dl4j_cnn_batch_norm.h5, SEQUENTIAL, 7, 79",
        "dl4j_conv2d_tensorflow_2.h5, SEQUENTIAL, 2, 276",
        "dl4j_conv2d_theano_1.h5, SEQUENTIAL, 2, 276",
        "dl4j_sepconv2d_tensorflow_2.h5, SEQUENTIAL, 2, 156",
        "dl4j_tfkeras_cnn2d_101.h5, FUNCTIONAL, 14, 60",
        "dl4j_tfkeras_cnn2d_46.h5, FUNCTIONAL, 17, 110",
        "dl4j_tfkeras_cnn2d_52.h5, FUNCTIONAL, 17, 440",
        "dl4j_tfkeras_cnn2d_66.h5, FUNCTIONAL, 14, 260",
        "dl4j_tfkeras_cnn2d_68.h5, FUNCTIONAL, 14, 260",
        "dl4j_tfkeras_cnn2d_76.h5, FUNCTIONAL, 14, 99",
        "mlcommons_str_ww.h5, FUNCTIONAL, 23, 47707",
        "resnet50_keras110_config.json, FUNCTIONAL, 177, 25636712"
    })
    void readsAndWritesThemInBothStyles(String file, Network.Kind kind, int layers, long parameters)
            throws IOException {
        LayeredNetwork read = SharedConfigs.read("keras/" + file);

        Network network = read.network();
        assertThat(network.kind()).isEqualTo(kind);
        assertThat(network.nodes()).hasSize(layers);
        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(ModelJson.read(ModelJson.writeKeras2(network))).isEqualTo(network);
        assertThat(ModelJson.read(ModelJson.writeKeras3(network))).isEqualTo(network);
    }

    @Test
    void buildsTheArraysOfTheResNet50OfKeras1() throws IOException {
        Network network =
                SharedConfigs.read("keras/resnet50_keras110_config.json").network();

        List<String> arrays = new ArrayList<>();
        for (Node node : network.layers()) {
            for (WeightSpec spec : node.weights()) {
                arrays.add(node.layer().name() + " " + spec.shape().dimensions());
            }
        }
        List<String> ofKeras = new ArrayList<>();
        for (JsonNode array : new JsonMapper()
                .readTree(SharedData.require("keras/resnet50_keras110_weight_shapes.json")
                        .toFile())) {
            List<Integer> shape = new ArrayList<>();
            array.path("shape").forEach(size -> shape.add(size.asInt()));
            ofKeras.add(array.path("layer_name").asText() + " " + shape);
        }
        assertThat(ofKeras).hasSize(320);
        assertThat(arrays).containsExactlyInAnyOrderElementsOf(ofKeras);
    }

    @Test
    void takesEachLayerOfAMixedFileInItsOwnOrder() throws IOException {
        LayeredNetwork read = SharedConfigs.read("keras/dl4j_tfkeras_cnn2d_40.h5");

        assertThat(read.channelsFirst()).isTrue();
        assertThat(read.network().inputShape()).isEqualTo(Shape.of(10, 10, 3));
        assertThat(read.network().nodes().stream()
                        .map(Node::layer)
                        .filter(Permute.class::isInstance)
                        .map(layer -> layer.name() + ((Permute) layer).dimensions()))
                .containsExactly(
                        "spatial_dropout2d_40_channels_first[3, 1, 2]",
                        "max_pooling2d_20_channels_last[2, 3, 1]",
                        "spatial_dropout2d_41_channels_first[3, 1, 2]");
        assertThat(read.layers()).hasSize(14);
        // The last layer takes the file's last axis, its 10 columns, for the channels.
        assertThat(read.network().outputShape()).isEqualTo(Shape.of(10));
        assertThat(read.network().parameters()).isEqualTo(110);
        assertThat(ModelJson.read(ModelJson.writeKeras2(read.network()))).isEqualTo(read.network());
        assertThat(ModelJson.read(ModelJson.writeKeras3(read.network()))).isEqualTo(read.network());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar10_cnn_keras3140.keras", "cifar10_cnn_keras360.keras"})
    void writesNoOptionThatKeras3DoesNotWrite(String file) throws IOException {
        JsonNode ofKeras = SharedConfigs.json("keras/" + file);
        Network network = SharedConfigs.read("keras/" + file).network();

        Set<String> written = new TreeSet<>(fields(NetworkConfigWriter.write(network, ConfigStyle.KERAS_3)));

        assertThat(fields(ofKeras)).containsAll(written);
    }

    /** Of the options of tf.keras 2.2.4, as it wrote them with these very layers. */
    @ParameterizedTest
    @ValueSource(strings = {"dl4j_tfkeras_cnn2d_101.h5", "dl4j_tfkeras_cnn2d_68.h5"})
    void writesNoOptionThatKeras2DoesNotWrite(String file) throws IOException {
        JsonNode ofKeras = SharedConfigs.json("keras/" + file);
        Network network = SharedConfigs.read("keras/" + file).network();

        Set<String> written = new TreeSet<>(fields(NetworkConfigWriter.write(network, ConfigStyle.KERAS_2)));

        // The kind's name, its trainable, a scaling's parts where Keras has a class of its own, and a defaulted option.
        written.removeIf(field -> field.contains("Functional")
                || field.contains("VarianceScaling")
                || field.equals("SpatialDropout2D.data_format"));
        assertThat(fields(ofKeras)).containsAll(written);
    }

    /** Each option with the class of the object that has it. */
    private static Set<String> fields(JsonNode json) {
        Set<String> fields = new TreeSet<>();
        collect(json, fields);
        return fields;
    }

    private static void collect(JsonNode json, Set<String> fields) {
        if (json.path("class_name").isTextual()) {
            json.path("config")
                    .fieldNames()
                    .forEachRemaining(
                            option -> fields.add(json.path("class_name").asText() + "." + option));
        }
        json.forEach(child -> collect(child, fields));
    }

    @Test
    void refusesTheLayersOfAnotherLibrary() {
        assertThatThrownBy(() -> SharedConfigs.read("keras-refuse/larq_quantised_layers.h5"))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(
                        "QuantConv2D (quant_conv2d,",
                        "and 7 more",
                        "QuantDepthwiseConv2D (",
                        "activation STCustomDoReFa (activation",
                        "QuantDense (");
    }

    @Test
    void refusesOneDimensionalLayers() {
        assertThatThrownBy(() -> SharedConfigs.read("keras-refuse/conv1d_resnet.keras"))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("Conv1D (", "MaxPooling1D (", "GlobalAveragePooling1D (");
    }

    @Test
    void refusesASubclassedModel() {
        assertThatThrownBy(() -> SharedConfigs.read("keras-refuse/subclassed_model.keras"))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("CIFAR10Model", "Python code");
    }

    @Test
    void readsWhatKeras2MeantByHardSigmoid() throws IOException {
        JsonNode json = SharedConfigs.json("keras/dl4j_conv2d_tensorflow_2.h5");
        ((ObjectNode) json.at("/config/0/config")).put("activation", "hard_sigmoid");

        Network network = NetworkConfigReader.read(json, Optional.of("2.1.3"), Optional.empty())
                .network();

        assertThat(network.output().layer().toString()).contains("HARD_SIGMOID_KERAS_2");
    }
}
