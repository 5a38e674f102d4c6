package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers on feature maps of (channels, height, width) in networks whose feature maps are (height, width, channels). */
class ChannelsFirstTest {
    private static final String CONVOLUTION = layer(
            "Conv2D",
            "conv",
            "\"filters\":6,\"kernel_size\":[3,3],\"data_format\":\"channels_first\","
                    + "\"batch_input_shape\":[null,3,8,10]");
    private static final String CONVOLUTION_OF_KERAS_1 = layer(
            "Convolution2D",
            "conv",
            "\"nb_filter\":6,\"nb_row\":3,\"nb_col\":3,\"dim_ordering\":\"th\",\"batch_input_shape\":[null,3,8,10]");

    private static String layer(String className, String name, String options) {
        return "{\"class_name\":\"" + className + "\",\"config\":{\"name\":\"" + name + "\""
                + (options.isEmpty() ? "" : "," + options) + "}}";
    }

    private static LayeredNetwork read(String... layers) {
        String json = "{\"class_name\":\"Sequential\",\"config\":[" + String.join(",", layers) + "]}";
        return NetworkConfigReader.read(
                Json.parse("test", json.getBytes(StandardCharsets.UTF_8)), Optional.of("2.2.4"), Optional.empty());
    }

    private static Layer last(Network network) {
        return network.output().layer();
    }

    private static List<String> permutes(Network network) {
        return network.nodes().stream()
                .map(Node::layer)
                .filter(Permute.class::isInstance)
                .map(layer -> layer.name() + ((Permute) layer).dimensions())
                .toList();
    }

    @Test
    void putsTheChannelsOfPicturesLast() {
        LayeredNetwork read = read(CONVOLUTION);

        assertThat(read.channelsFirst()).isTrue();
        assertThat(read.network().inputShape()).isEqualTo(Shape.of(8, 10, 3));
        assertThat(read.network().outputShape()).isEqualTo(Shape.of(6, 8, 6));
        assertThat(read.layers()).extracting(KerasLayer::channelsFirst).containsExactly(true);
        assertThat(permutes(read.network())).isEmpty();
    }

    /** Behind a convolution to 6 channels of 6x8. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BatchNormalization | 'axis':1 | (6, 8, 6) | BatchNormalization.* | -",
                "BatchNormalization | 'axis':[1] | (6, 8, 6) | BatchNormalization.* | -",
                "BatchNormalization | 'axis':-1 | (6, 6, 8) | BatchNormalization.* | [3, 1, 2]",
                "LayerNormalization | 'axis':1 | (6, 8, 6) | LayerNormalization\\[name=a, axes=1.* | -",
                "LayerNormalization | 'axis':[1,2,3] | (6, 6, 8) | LayerNormalization\\[name=a, axes=3.* | [3, 1, 2]",
                "GroupNormalization | 'axis':1,'groups':3 | (6, 8, 6) | GroupNormalization.* | -",
                "Softmax | 'axis':1 | (6, 8, 6) | Softmax\\[name=a, axis=3] | -",
                "Softmax | 'axis':-3 | (6, 8, 6) | Softmax\\[name=a, axis=3] | -",
                "Softmax | 'axis':-1 | (6, 8, 6) | Softmax\\[name=a, axis=2] | -",
                "Softmax | 'axis':2 | (6, 8, 6) | Softmax\\[name=a, axis=1] | -",
                "PReLU | 'shared_axes':[2,3] | (6, 8, 6) | PReLU\\[name=a, sharedAxes=\\[1, 2].* | -",
                "PReLU | 'shared_axes':null | (6, 6, 8) | PReLU\\[name=a, sharedAxes=\\[].* | [3, 1, 2]",
                "Activation | 'activation':'relu' | (6, 8, 6) | Activation.* | -",
                "Activation | 'activation':'softmax' | (6, 6, 8) | Activation.* | [3, 1, 2]",
                "ZeroPadding2D | 'padding':[[1,0],[0,0]] | (7, 8, 6) | ZeroPadding2D.* | -",
                "ZeroPadding2D | 'padding':[[1,0],[0,0]],'data_format':'channels_last' | (7, 6, 8) | ZeroPadding2D.* | [3, 1, 2]",
                "MaxPooling2D | 'pool_size':[2,2],'dim_ordering':'th' | (3, 4, 6) | MaxPooling2D.* | -",
                "UpSampling2D | 'size':[2,1],'data_format':'channels_first' | (12, 8, 6) | UpSampling2D.* | -",
                "GlobalAveragePooling2D | 'data_format':'channels_first' | (6,) | GlobalAveragePooling2D.* | -",
                "Flatten | 'data_format':'channels_first' | (288,) | Flatten.* | -",
                "Flatten | 'data_format':'channels_last' | (288,) | Flatten.* | [3, 1, 2]",
                "Flatten | 'trainable':true | (288,) | Flatten.* | [3, 1, 2]",
                "Reshape | 'target_shape':[6,48] | (6, 48) | Reshape.* | [3, 1, 2]",
                "Permute | 'dims':[2,3,1] | (6, 8, 6) | Permute.* | [3, 1, 2]",
                "Dense | 'units':5 | (6, 6, 5) | Dense.* | [3, 1, 2]",
                "Rescaling | 'scale':[1,2,3,4,5,6,7,8],'offset':0 | (6, 6, 8) | Rescaling.* | [3, 1, 2]",
                "Rescaling | 'scale':2 | (6, 8, 6) | Rescaling.* | -",
                "RandomFlip | 'mode':'horizontal','data_format':'channels_first' | (6, 8, 6) | RandomFlip.* | -"
            })
    void keepsWhatALayerMeans(String className, String options, String shape, String expected, String order) {
        for (String first : List.of(CONVOLUTION, CONVOLUTION_OF_KERAS_1)) {
            Network network = read(first, layer(className, "a", options.replace('\'', '"')))
                    .network();

            assertThat(network.outputShape()).hasToString(shape);
            assertThat(last(network).toString()).matches(expected);
            List<String> added = permutes(network).stream()
                    .filter(permute -> permute.startsWith("conv_"))
                    .toList();
            assertThat(added).isEqualTo(order.equals("-") ? List.of() : List.of("conv_channels_first" + order));
        }
    }

    @Test
    void joinsChannels() {
        String json = """
                {"class_name":"Model","config":{"name":"m","layers":[
                {"class_name":"InputLayer","name":"in","config":{"name":"in","batch_input_shape":[null,3,8,10]},
                 "inbound_nodes":[]},
                {"class_name":"MaxPooling2D","name":"a","config":{"name":"a","pool_size":1,"data_format":"channels_first"},
                 "inbound_nodes":[[["in",0,0,{}]]]},
                {"class_name":"Concatenate","name":"b","config":{"name":"b","axis":1},
                 "inbound_nodes":[[["a",0,0,{}],["in",0,0,{}]]]},
                {"class_name":"Reshape","name":"c","config":{"name":"c","target_shape":[6,8,10]},
                 "inbound_nodes":[[["b",0,0,{}]]]},
                {"class_name":"Add","name":"d","config":{"name":"d"},
                 "inbound_nodes":[[["b",0,0,{}],["c",0,0,{}]]]}],
                "input_layers":[["in",0,0]],"output_layers":[["d",0,0]]}}""";

        Network network = ModelJson.read(json);

        assertThat(network.node("b").layer().toString()).isEqualTo("Concatenate[name=b, axis=3]");
        assertThat(network.outputShape()).isEqualTo(Shape.of(8, 10, 6));
        assertThat(permutes(network))
                .containsExactlyInAnyOrder("b_channels_first[3, 1, 2]", "c_channels_last[2, 3, 1]");
        assertThat(ModelJson.read(ModelJson.writeKeras3(network))).isEqualTo(network);
    }

    @Test
    void flattensAPixelAsItStands() {
        Network network = read(
                        CONVOLUTION,
                        layer("MaxPooling2D", "pool", "\"pool_size\":[6,8],\"data_format\":\"channels_first\""),
                        layer("Flatten", "flat", ""))
                .network();

        assertThat(permutes(network)).isEmpty();
    }

    @Test
    void takesAGivenShapeWithTheChannelsLast() {
        String json = "{\"class_name\":\"Sequential\",\"config\":["
                + CONVOLUTION.replace("[null,3,8,10]", "[null,3,null,null]") + "]}";

        assertThat(ModelJson.read(json, Shape.of(8, 10, 3)).outputShape()).isEqualTo(Shape.of(6, 8, 6));
        assertThatThrownBy(() -> ModelJson.read(json, Shape.of(3, 8, 10)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("channels first", "3x8x10");
    }

    @Test
    void refusesANormalisationOverRows() {
        assertThatThrownBy(() -> read(CONVOLUTION, layer("BatchNormalization", "a", "\"axis\":2")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("axis [2] of [(6, 6, 8)] (a)");
    }

    @Test
    void refusesASoftmaxOverTheColumnsInAConvolution() {
        String convolution = CONVOLUTION.replace("\"filters\"", "\"activation\":\"softmax\",\"filters\"");

        assertThatThrownBy(() -> read(convolution))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("activation softmax (conv)");
    }

    @Test
    void goesIntoModelsInModels() {
        String inside = "{\"class_name\":\"Sequential\",\"config\":[" + CONVOLUTION + "]}";

        LayeredNetwork read = read(inside, layer("Flatten", "flat", ""));

        assertThat(read.channelsFirst()).isTrue();
        assertThat(read.network().inputShape()).isEqualTo(Shape.of(8, 10, 3));
        assertThat(permutes(read.network())).containsExactly("sequential_channels_first[3, 1, 2]");
        assertThat(read.layers().get(0).nested().orElseThrow().layers())
                .extracting(KerasLayer::name)
                .containsExactly("conv");
    }
}
