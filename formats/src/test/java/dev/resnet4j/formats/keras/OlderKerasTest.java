package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of Keras 1 and 2, each read as what it meant there. */
class OlderKerasTest {
    private static final String KERNEL = "\"kernel_size\":[3,3]";

    /** A Sequential of Keras 1 or 2.0: a list of layers, the first of which tells the input's shape. */
    private static String stack(String inputShape, String... layers) {
        String first =
                layers[0].replaceFirst("\"config\":\\{", "\"config\":{\"batch_input_shape\":" + inputShape + ",");
        layers[0] = first;
        return "{\"class_name\":\"Sequential\",\"keras_version\":\"2.1.3\",\"config\":[" + String.join(",", layers)
                + "]}";
    }

    private static String layer(String className, String name, String options) {
        return "{\"class_name\":\"" + className + "\",\"config\":{\"name\":\"" + name + "\""
                + (options.isEmpty() ? "" : "," + options) + "}}";
    }

    private static Network read(String className, String options) {
        return ModelJson.read(stack("[null,8,10,4]", layer(className, "a", options)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Convolution2D | 'nb_filter':6,'nb_row':3,'nb_col':2,'border_mode':'same','subsample':[2,1],'dim_ordering':'tf','bias':false | Conv2D\\[name=a, filters=6, window=Window\\[size=3x2, strides=2x1, padding=SAME, dilation=1x1], groups=1, useBias=false, activation=LINEAR, .*",
                "AtrousConvolution2D | 'nb_filter':6,'nb_row':2,'nb_col':2,'atrous_rate':[2,2],'activation':'relu' | Conv2D.*dilation=2x2.*useBias=true, activation=RELU.*",
                "SeparableConvolution2D | 'nb_filter':6,'nb_row':3,'nb_col':3,'depth_multiplier':2 | SeparableConv2D.*depthMultiplier=2.*",
                "MaxPooling2D | 'pool_size':[2,2],'strides':null,'border_mode':'valid','dim_ordering':'tf' | MaxPooling2D.*strides=2x2.*",
                "AveragePooling2D | 'pool_size':[3,3],'strides':[1,1],'border_mode':'same' | AveragePooling2D.*size=3x3, strides=1x1, padding=SAME.*",
                "Dense | 'output_dim':5,'init':'he_normal','bias':true,'W_regularizer':null,'input_dim':null | Dense\\[name=a, units=5, useBias=true.*HeNormal.*",
                "Dropout | 'p':0.25 | Dropout\\[name=a, rate=0.25]",
                "SpatialDropout2D | 'p':0.25,'dim_ordering':'tf' | SpatialDropout2D\\[name=a, rate=0.25]",
                "GaussianDropout | 'p':0.25 | GaussianDropout\\[name=a, rate=0.25]",
                "GaussianNoise | 'sigma':0.25 | GaussianNoise\\[name=a, standardDeviation=0.25]",
                "BatchNormalization | 'mode':0,'axis':-1,'epsilon':1e-6,'momentum':0.9 | BatchNormalization\\[name=a, momentum=0.9, epsilon=1.0E-6, center=true, scale=true, gammaInitializer=Ones\\[]]",
                "ZeroPadding2D | 'padding':[1,2] | ZeroPadding2D\\[name=a, top=1, bottom=1, left=2, right=2]",
                "ZeroPadding2D | 'padding':[1,2,3,4] | ZeroPadding2D\\[name=a, top=1, bottom=2, left=3, right=4]",
                "ZeroPadding2D | 'padding':{'top_pad':1,'left_pad':3} | ZeroPadding2D\\[name=a, top=1, bottom=0, left=3, right=0]",
                "ZeroPadding2D | 'padding':3 | ZeroPadding2D\\[name=a, top=3, bottom=3, left=3, right=3]",
                "Cropping2D | 'cropping':[[1,2],[3,4]] | Cropping2D\\[name=a, top=1, bottom=2, left=3, right=4]",
                "UpSampling2D | 'size':[2,3],'dim_ordering':'tf' | UpSampling2D.*size=2x3, interpolation=NEAREST.*",
                "PReLU | 'init':'ones','shared_axes':[1,2] | PReLU\\[name=a, sharedAxes=\\[1, 2], alphaInitializer=Ones.*",
                "LeakyReLU | 'alpha':0.1 | LeakyReLU\\[name=a, negativeSlope=0.1]",
                "LeakyReLU | 'alpha':0.10000000149011612 | LeakyReLU\\[name=a, negativeSlope=0.10000000149011612]",
                "ELU | 'alpha':0.5 | ELU\\[name=a, alpha=0.5]",
                "ReLU | 'max_value':6.0,'negative_slope':0.125,'threshold':0.5 | ReLU\\[name=a, maxValue=6.0, negativeSlope=0.125, threshold=0.5]",
                "ReLU | 'max_value':null | ReLU\\[name=a, maxValue=Infinity, negativeSlope=0.0, threshold=0.0]",
                "Activation | 'activation':'swish' | Activation\\[name=a, function=SILU]",
                "Activation | 'activation':'hard_sigmoid' | Activation\\[name=a, function=HARD_SIGMOID_KERAS_2]",
                "BatchNormalizationV1 | 'axis':[3],'scale':1 | BatchNormalization\\[.*",
                "experimental.preprocessing.Rescaling | 'scale':0.5,'offset':-1 | Rescaling\\[name=a, scale=\\[0.5], offset=\\[-1.0]]",
                "keras.layers.experimental.preprocessing.Resizing | 'height':4,'width':6,'interpolation':'nearest' | Resizing\\[name=a, height=4, width=6, interpolation=NEAREST, cropToAspectRatio=false]",
                "RandomContrast | 'factor':[0.25,0.5] | RandomContrast\\[name=a, factor=Interval\\[lower=-0.25, upper=0.5].*",
                "RandomContrast | 'factor':0.25 | RandomContrast\\[name=a, factor=Interval\\[lower=-0.25, upper=0.25].*",
                "RandomRotation | 'factor':0.25,'fill_mode':'wrap' | RandomRotation\\[name=a, factor=Interval\\[lower=-0.25, upper=0.25], fill=Fill\\[mode=WRAP, interpolation=BILINEAR, value=0.0]]",
                "RandomZoom | 'height_factor':[-0.3,-0.2],'width_factor':null | RandomZoom\\[name=a, heightFactor=Interval\\[lower=-0.3, upper=-0.2], widthFactor=Optional.empty.*",
                "Normalization | 'axis':[-1],'mean':null,'variance':null | Normalization\\[name=a, mean=\\[], variance=\\[], invert=false]",
                "Normalization | 'axis':-1,'mean':[[[[1,2,3,4]]]],'variance':{'class_name':'__numpy__','config':{'value':[1,1,1,2],'dtype':'float32'}} | Normalization\\[name=a, mean=\\[1.0, 2.0, 3.0, 4.0], variance=\\[1.0, 1.0, 1.0, 2.0], invert=false]",
                "Conv2D | 'filters':6,'kernel_size':{'class_name':'__tuple__','items':[3,1]},'groups':2 | Conv2D.*size=3x1.*groups=2.*",
                "LayerNormalization | 'axis':[2,3],'epsilon':0.5 | LayerNormalization\\[name=a, axes=2, epsilon=0.5, center=true, scale=true]",
                "GroupNormalization | 'groups':2,'axis':-1 | GroupNormalization\\[name=a, groups=2, .*"
            })
    void readsEachLayerAsItWasMeant(String className, String options, String expected) {
        assertThat(read(className, options.replace('\'', '"')).output().layer().toString())
                .matches(expected);
    }

    @Test
    void namesTheInputAsKerasDoesWhereTheFileHasNone() {
        Network network = read("Dropout", "\"p\":0.5");

        assertThat(network.kind()).isEqualTo(Network.Kind.SEQUENTIAL);
        assertThat(network.name()).isEqualTo("sequential");
        assertThat(network.nodes().stream().map(Node::name)).containsExactly("a_input", "a");
        assertThat(network.inputShape()).isEqualTo(Shape.of(8, 10, 4));
    }

    @ParameterizedTest
    @CsvSource({"sum, Add", "mul, Multiply", "ave, Average", "max, Maximum", "concat, Concatenate"})
    void readsTheMergesOfKeras1(String mode, String className) {
        Network network = ModelJson.read(merged("Merge", "\"mode\":\"" + mode + "\",\"concat_axis\":-1"));

        assertThat(network.output().layer().className()).isEqualTo(className);
        assertThat(network.output().inputs()).containsExactly("left", "right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dot", "cos"})
    void refusesTheMergesThatItDoesNotHave(String mode) {
        assertThatThrownBy(() -> ModelJson.read(merged("Merge", "\"mode\":\"" + mode + "\"")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Merge " + mode + " (merged)");
    }

    private static String merged(String className, String options) {
        return functional(
                "[\"merged\",0,0]",
                entry("InputLayer", "in", "\"batch_input_shape\":[null,8,10,4]", ""),
                entry("Activation", "left", "\"activation\":\"relu\"", "[[\"in\",0,0]]"),
                entry("Activation", "right", "\"activation\":\"tanh\"", "[[\"in\",0,0]]"),
                entry(className, "merged", options, "[[\"left\",0,0],[\"right\",0,0]]"));
    }

    private static String functional(String output, String... layers) {
        return model("m", output, layers);
    }

    private static String model(String name, String output, String... layers) {
        return "{\"class_name\":\"Model\",\"config\":{\"name\":\"" + name + "\",\"layers\":["
                + String.join(",", layers)
                + "],\"input_layers\":[[\"in\",0,0]],\"output_layers\":[" + output + "]}}";
    }

    private static String entry(String className, String name, String options, String calls) {
        return "{\"class_name\":\"" + className + "\",\"name\":\"" + name + "\",\"config\":{\"name\":\"" + name + "\","
                + options + "},\"inbound_nodes\":[" + calls + "]}";
    }

    private static String input(String sizes) {
        return entry("InputLayer", "in", "\"batch_input_shape\":" + sizes, "");
    }

    /** A model as the layer of another, called on the input. */
    private static String nested(String name, String json, String calls) {
        return "{\"name\":\"" + name + "\",\"inbound_nodes\":[" + calls + "]," + json.substring(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[[\"in\",0,0]]", "[[\"in\",0,0,{}]]", "[\"in\",0,0,{}]", "[[\"in\",0,0,{\"training\":false}]]"})
    void readsCallsInAllTheFormsOfKeras2(String call) {
        Network network = ModelJson.read(functional(
                "[\"a\",0,0]", input("[null,4]"), entry("Activation", "a", "\"activation\":\"relu\"", call)));

        assertThat(network.output().layer()).isEqualTo(new Activation("a", ActivationFunction.RELU));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"training\":true} | training", "{\"mask\":[\"in\",0,0]} | mask", "{\"y\":[\"in\",0,0,{}]} | y"})
    void refusesCallsThatChangeWhatALayerDoes(String arguments, String name) {
        String json = functional(
                "[\"a\",0,0]",
                input("[null,4]"),
                entry("Activation", "a", "\"activation\":\"relu\"", "[[\"in\",0,0," + arguments + "]]"));

        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("a call with the argument " + name, "(a)");
    }

    @Test
    void readsASharedLayerThatIsCalledOnItsOwnOutput() {
        Network network = ModelJson.read(functional(
                "[\"shared\",1,0]",
                input("[null,8,8,3]"),
                entry(
                        "Conv2D",
                        "shared",
                        "\"filters\":3,\"padding\":\"same\"," + KERNEL,
                        "[[\"in\",0,0,{}]],[[\"a\",0,0,{}]]"),
                entry("Activation", "a", "\"activation\":\"relu\"", "[[\"shared\",0,0,{}]]")));

        assertThat(network.nodes().stream().map(Node::name)).containsExactly("in", "shared", "a", "shared:1");
        assertThat(network.parameters()).isEqualTo(84);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void countsTheCallsOfAModelInAModelFromWhereTheFileDoes(int first) {
        String inside = model(
                "inside",
                "[\"a\",0,0]",
                input("[null,4]"),
                entry("Activation", "a", "\"activation\":\"relu\"", "[[\"in\",0,0,{}]]"));

        Network network = ModelJson.read(functional(
                "[\"inside\"," + (first + 1) + ",0]",
                input("[null,4]"),
                nested("inside", inside, "[[\"in\",0,0,{}]],[[\"inside\"," + first + ",0,{}]]")));

        assertThat(network.nodes().stream().map(Node::name)).containsExactly("in", "inside", "inside:1");
    }

    @Test
    void takesTheShapeOfASequentialInAModelFromItsCall() {
        String inside = "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"inside\",\"layers\":["
                + layer("Flatten", "flat", "") + "," + layer("Dense", "dense", "\"units\":2") + "]}}";

        Network network = ModelJson.read(
                functional("[\"inside\",0,0]", input("[null,4,5,3]"), nested("inside", inside, "[[\"in\",0,0,{}]]")));

        assertThat(((Network) network.output().layer()).inputShape()).isEqualTo(Shape.of(4, 5, 3));
        assertThat(network.parameters()).isEqualTo(122);
    }

    @Test
    void namesWhatIsNotSupportedInModelsInModelsTooAllAtOnce() {
        String inside = model(
                "inside",
                "[\"b\",0,0]",
                input("[null,4,4,3]"),
                entry("Conv3D", "a", KERNEL, "[[\"in\",0,0,{}]]"),
                entry("TFOpLambda", "b", "\"function\":\"math.add\"", "[[\"a\",0,0,{}]]"));
        String json = functional(
                "[\"c\",0,0]",
                input("[null,4,4,3]"),
                nested("inside", inside, "[[\"in\",0,0,{}]]"),
                entry("Lambda", "c", "\"function_type\":\"lambda\"", "[[\"inside\",1,0,{}]]"));

        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("Conv3D (a)", "TFOpLambda math.add (b)", "Lambda (c)");
    }

    @Test
    void fillsOpenSizesWithTheShapeThatIsGiven() {
        String json = functional(
                "[\"a\",0,0]",
                input("[null,null,null,3]"),
                entry("Conv2D", "a", "\"filters\":2," + KERNEL, "[[\"in\",0,0,{}]]"));

        assertThat(ModelJson.read(json, Shape.of(9, 7, 3)).outputShape()).isEqualTo(Shape.of(7, 5, 2));
        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("open size (None, None, None, 3) (in)", "give the input shape")
                .hasMessageNotContaining("build the model");
        assertThatThrownBy(() -> ModelJson.read(json, Shape.of(9, 7, 1)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("(None, None, None, 3)", "9x7x1");
    }

    @Test
    void keepsWhatIsFrozen() {
        Network network = ModelJson.read(stack(
                "[null,4]",
                layer("Dense", "a", "\"units\":3,\"trainable\":false"),
                layer("Dense", "b", "\"units\":2,\"trainable\":true")));

        assertThat(network.trainableParameters()).isEqualTo(8);
        assertThat(network.node("a").frozen()).isTrue();
    }

    @Test
    void readsHardSigmoidByTheVersionThatTheJsonNames() {
        String json = stack("[null,4]", layer("Activation", "a", "\"activation\":\"hard_sigmoid\""));

        assertThat(ModelJson.read(json.replace("2.1.3", "3.6.0")).output().layer())
                .isEqualTo(new Activation("a", ActivationFunction.HARD_SIGMOID));
    }

    @Test
    void takesOptionsThatAFileLeavesOutForKerasOwnDefaults() {
        Network network = read("Conv2D", "\"filters\":2," + KERNEL);

        assertThat(((Conv2D) network.output().layer()).useBias()).isTrue();
        assertThat(read("LeakyReLU", "\"trainable\":true").output().layer()).isEqualTo(new LeakyReLU("a", 0.3));
    }

    @Test
    void refusesModelsNestedTooDeep() {
        String json = model("inside", "[\"in\",0,0]", input("[null,4]"));
        for (int depth = 0; depth < 20; depth++) {
            json = model("inside", "[\"inside\",1,0]", input("[null,4]"), nested("inside", json, "[[\"in\",0,0,{}]]"));
        }
        String deep = json;

        assertThatThrownBy(() -> ModelJson.read(deep))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void refusesModelsThatGrowWithoutMeasure() {
        String json = model(
                "inside",
                "[\"a\",0,0]",
                input("[null,4]"),
                entry("Activation", "a", "\"activation\":\"relu\"", "[[\"in\",0,0,{}]]"));
        for (int depth = 0; depth < 14; depth++) {
            json = model(
                    "inside",
                    "[\"inside\",3,0]",
                    input("[null,4]"),
                    nested("inside", json, "[[\"in\",0,0,{}]],[[\"inside\",1,0,{}]],[[\"inside\",2,0,{}]]"));
        }
        String huge = json;

        assertThatThrownBy(() -> ModelJson.read(huge))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 100000 times");
    }

    @Test
    void refusesALayerWhoseWeightsWouldBeThoseOfAnother() {
        String inside = model(
                "inside", "[\"a\",0,0]", input("[null,4]"), entry("Dense", "a", "\"units\":4", "[[\"in\",0,0,{}]]"));
        String json = functional(
                "[\"inside/a\",0,0]",
                input("[null,4]"),
                nested("inside", inside, "[[\"in\",0,0,{}]]"),
                entry("Dense", "inside/a", "\"units\":4", "[[\"inside\",1,0,{}]]"));

        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("two layers are named 'inside/a'");
    }

    @Test
    void refusesALoop() {
        String json = functional(
                "[\"b\",0,0]",
                input("[null,4]"),
                entry("Activation", "a", "\"activation\":\"relu\"", "[[\"b\",0,0,{}]]"),
                entry("Activation", "b", "\"activation\":\"relu\"", "[[\"a\",0,0,{}]]"));

        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("'a' takes 'b'", "no layer that stands before it");
    }
}
