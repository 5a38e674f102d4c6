package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Python;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasHdf5FileTest {
    @TempDir
    private Path folder;

    private SavedModel writeAndRead(SavedModel model) {
        Path file = folder.resolve("model.h5");
        KerasHdf5File.write(model, file);
        return KerasHdf5File.read(file);
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Adam(3e-4),
                new Adam(new CosineDecay(1e-3, 100, 0.1, 1e-3, 0)),
                new Adam(new CosineDecay(0, 100, 0.1, 1e-3, 10)),
                new Sgd(),
                new Sgd(0.1).withMomentum(0.9).withNesterov(true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void readsBackAModelInTheMidstOfTraining(Optimizer optimizer) {
        SavedModel model = SmallModel.trained(SmallModel.everyLayer(), optimizer);

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void keepsWhatKerasHasNoPlaceFor() {
        Network network = SmallModel.everyLayer();
        TrainingFacts facts =
                new TrainingFacts("caffe", List.of("cat", "dog", "träumer"), History.EMPTY, Map.of("seed", "3"));
        SavedModel model =
                new SavedModel(network, SmallModel.weights(network, 1), Optional.empty(), Optional.empty(), facts);

        assertThat(writeAndRead(model).facts()).isEqualTo(facts);
    }

    /** A frozen layer before others, inside a model that is trained, inside another. */
    private static Network nested() {
        SymbolicTensor image = SymbolicTensor.input(Shape.of(8, 8, 4));
        SymbolicTensor x = new Conv2D(4, 3).withName("first").apply(image);
        x = new BatchNormalization().withName("bn").apply(x);
        x = new Conv2D(4, 3).withName("last").apply(x);
        Network inner = Network.of("inner", image, x).withFrozen(name -> name.equals("first"));

        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 4));
        Network middle = Network.of(
                "middle",
                input,
                inner.apply(new Normalization().withName("norm").apply(input)));

        SymbolicTensor start = SymbolicTensor.input(Shape.of(8, 8, 4));
        x = new GlobalAveragePooling2D().apply(middle.apply(start));
        return Network.of("outer", start, new Dense(2).withName("scope/fc").apply(x));
    }

    /** Any bits, but for counts, which are whole numbers. */
    private static Weights weights(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(SmallModel.weights(network, 5).arrays());
        arrays.replaceAll(
                (name, array) -> name.weight().equals("count") ? new NdArray(Shape.of(), new float[] {4_096}) : array);
        return new Weights(arrays);
    }

    @Test
    void readsBackModelsInsideModels() {
        SavedModel model = new SavedModel(nested(), weights(nested()));

        assertThat(writeAndRead(model).weights()).isEqualTo(model.weights());

        Path keras = folder.resolve("model.keras");
        KerasFile.write(model, keras);
        assertThat(KerasFile.read(keras).weights()).isEqualTo(model.weights());
    }

    @Test
    void givesTheWeightsOfAModelInsideInKerasOrder() throws IOException, InterruptedException {
        Path file = folder.resolve("nested.h5");
        KerasHdf5File.write(new SavedModel(nested(), weights(nested())), file);

        String printed = Python.run("""
                import h5py, sys
                f = h5py.File(sys.argv[1], 'r')['model_weights']
                for layer in f.attrs['layer_names']:
                    group = f[layer.decode()]
                    print(layer.decode(), [(n.decode(), group[n].dtype.name) for n in group.attrs['weight_names']])
                """, file);

        assertThat(printed.lines())
                .contains(
                        "middle [('inner/bn/gamma:0', 'float32'), ('inner/bn/beta:0', 'float32'), "
                                + "('inner/last/kernel:0', 'float32'), ('inner/last/bias:0', 'float32'), "
                                + "('norm/mean:0', 'float32'), ('norm/variance:0', 'float32'), "
                                + "('norm/count:0', 'int64'), ('inner/first/kernel:0', 'float32'), "
                                + "('inner/first/bias:0', 'float32'), ('inner/bn/moving_mean:0', 'float32'), "
                                + "('inner/bn/moving_variance:0', 'float32')]",
                        "scope/fc [('scope/fc/kernel:0', 'float32'), ('scope/fc/bias:0', 'float32')]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifar10_resnet20v1_keras224.h5",
                "dl4j_batch_to_conv2d_tensorflow_2.h5",
                "dl4j_cnn_batch_norm.h5",
                "dl4j_conv2d_tensorflow_2.h5",
                "dl4j_conv2d_theano_1.h5",
                "dl4j_sepconv2d_tensorflow_2.h5",
                "dl4j_tfkeras_cnn2d_40.h5",
                "dl4j_tfkeras_cnn2d_46.h5",
                "dl4j_tfkeras_cnn2d_52.h5",
                "dl4j_tfkeras_cnn2d_66.h5",
                "dl4j_tfkeras_cnn2d_68.h5",
                "dl4j_tfkeras_cnn2d_76.h5",
                "dl4j_tfkeras_cnn2d_101.h5",
                "mlcommons_str_ww.h5",
                "cifar10_cnn_keras3140.keras",
                "cifar10_cnn_keras360.keras"
            })
    void keepsEveryBitThroughBothFormats(String name) throws IOException {
        Path original = SharedData.require("keras/" + name);
        SavedModel model = name.endsWith(".h5") ? KerasHdf5File.read(original) : KerasFile.read(original);
        Path first = folder.resolve("first.h5");
        Path keras = folder.resolve("between.keras");
        Path second = folder.resolve("second.h5");
        KerasHdf5File.write(model, first);
        KerasFile.write(KerasHdf5File.read(first), keras);
        SavedModel copy = KerasFile.read(keras);
        KerasHdf5File.write(copy, second);

        assertThat(copy.weights()).isEqualTo(model.weights());
        assertThat(copy.optimizerState()).isEqualTo(model.optimizerState());
        assertThat(copy.compilation()).isEqualTo(model.compilation());
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    /** What two files do not have in common: in groups, arrays and their numbers, names, and in the order of names. */
    private static final String COMPARE = """
            import h5py, sys
            original = h5py.File(sys.argv[1] + '/original.h5', 'r')
            copy = h5py.File(sys.argv[1] + '/copy.h5', 'r')
            def name(x): return x.decode() if isinstance(x, bytes) else x
            def names(o): return {k: [name(x) for x in v] for k, v in o.attrs.items() if k in ('layer_names', 'weight_names')}
            def differ(path, a, b):
                if type(a) != type(b): print(path, 'is of another kind')
                elif isinstance(a, h5py.Dataset):
                    if a.shape != b.shape or a.dtype != b.dtype or a[()].tobytes() != b[()].tobytes(): print(path, 'differs')
                    if a.chunks != b.chunks: print(path, 'is laid out differently')
                else:
                    if names(a) != names(b): print(path, 'has other names')
                    for k in sorted(set(a) - set(b)): print(path + '/' + k, 'is missing')
                    for k in sorted(set(b) - set(a)): print(path + '/' + k, 'is new')
                    for k in sorted(set(a) & set(b)): differ(path + '/' + k, a[k], b[k])
            differ('', original, copy)
            for k in sorted(set(original.attrs) - set(copy.attrs)): print(k, 'is missing')
            for k in sorted(set(copy.attrs) - set(original.attrs)): print(k, 'is new')
            """;

    /** In each file of tf.keras since 2.6, and empty there. */
    private static final String TOP_LEVEL = "/model_weights/top_level_model_weights is new";

    /** A loss or an optimizer that resnet4j does not have. */
    private static final String NO_COMPILATION = "training_config is missing";

    private static Arguments withPermutations(String name, String... layers) {
        List<String> differences = new ArrayList<>(List.of("/model_weights has other names"));
        Stream.of(layers).map(layer -> "/model_weights/" + layer + " is new").forEach(differences::add);
        differences.add(TOP_LEVEL);
        differences.add(NO_COMPILATION);
        return arguments(name, differences);
    }

    static Stream<Arguments> differences() {
        return Stream.of(
                arguments("mlcommons_str_ww.h5", List.of()),
                arguments("dl4j_batch_to_conv2d_tensorflow_2.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_cnn_batch_norm.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_conv2d_tensorflow_2.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_sepconv2d_tensorflow_2.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_tfkeras_cnn2d_66.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_tfkeras_cnn2d_68.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_tfkeras_cnn2d_76.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                arguments("dl4j_tfkeras_cnn2d_101.h5", List.of(TOP_LEVEL, NO_COMPILATION)),
                withPermutations(
                        "dl4j_tfkeras_cnn2d_40.h5",
                        "max_pooling2d_20_channels_last",
                        "spatial_dropout2d_40_channels_first",
                        "spatial_dropout2d_41_channels_first"),
                withPermutations(
                        "dl4j_tfkeras_cnn2d_46.h5",
                        "average_pooling2d_24_channels_last",
                        "spatial_dropout2d_52_channels_first",
                        "spatial_dropout2d_53_channels_first"),
                withPermutations(
                        "dl4j_tfkeras_cnn2d_52.h5",
                        "max_pooling2d_28_channels_last",
                        "spatial_dropout2d_56_channels_first",
                        "spatial_dropout2d_57_channels_first"),
                arguments(
                        "dl4j_conv2d_theano_1.h5",
                        List.of(
                                "/model_weights/convolution2d_1 has other names",
                                "/model_weights/convolution2d_1/convolution2d_1_W is missing",
                                "/model_weights/convolution2d_1/convolution2d_1_b is missing",
                                "/model_weights/convolution2d_1/convolution2d_1 is new",
                                TOP_LEVEL,
                                NO_COMPILATION,
                                "backend is new")),
                arguments(
                        "cifar10_resnet20v1_keras224.h5",
                        List.of(
                                TOP_LEVEL,
                                "/optimizer_weights has other names",
                                "/optimizer_weights/training is missing",
                                "/optimizer_weights/iteration:0 is new",
                                "/optimizer_weights/Adam/iterations:0 is missing",
                                "/optimizer_weights/Adam/m is new",
                                "/optimizer_weights/Adam/v is new")));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void writesTheStructureThatKerasWrote(String name, List<String> differences)
            throws IOException, InterruptedException {
        Path original = SharedData.require("keras/" + name);
        Files.copy(original, folder.resolve("original.h5"));
        KerasHdf5File.write(KerasHdf5File.read(original), folder.resolve("copy.h5"));

        assertThat(Python.run(COMPARE, folder).lines()).containsExactlyInAnyOrderElementsOf(differences);
    }

    /** Type class, variable length, character set, and shape of each attribute that is one text. */
    private static final String KINDS = """
            import h5py, sys
            def kinds(o):
                for k in sorted(o.attrs):
                    if k in ('backend', 'keras_version', 'model_config', 'training_config'):
                        a = o.attrs.get_id(k)
                        t = a.get_type()
                        print(k, t.get_class(), t.is_variable_str(), t.get_cset(), a.shape)
            f = h5py.File(sys.argv[1], 'r')
            kinds(f)
            kinds(f['model_weights'])
            """;

    @Test
    void writesTextsOfTheTypesThatKerasWrote() throws IOException, InterruptedException {
        Path original = SharedData.require("keras/mlcommons_str_ww.h5");
        Path copy = folder.resolve("copy.h5");
        KerasHdf5File.write(KerasHdf5File.read(original), copy);

        String kinds = Python.run(KINDS, original);
        assertThat(kinds.lines()).hasSize(6);
        assertThat(Python.run(KINDS, copy)).isEqualTo(kinds);
    }

    private static final String NAMES = """
            import h5py, sys
            def show(path, o):
                for k in ('layer_names', 'weight_names'):
                    if k in o.attrs:
                        a = o.attrs.get_id(k)
                        t = a.get_type()
                        cset = (t.get_strpad(), t.get_cset()) if t.get_class() == h5py.h5t.STRING else ''
                        print(path, k, a.dtype, a.shape, cset)
            f = h5py.File(sys.argv[1], 'r')['model_weights']
            show('', f)
            for k in sorted(set(f) - {'top_level_model_weights'}): show(k, f[k])
            """;

    @Test
    void writesNamesOfTheTypesThatKerasWrote() throws IOException, InterruptedException {
        Path original = SharedData.require("keras/cifar10_resnet20v1_keras224.h5");
        Path copy = folder.resolve("copy.h5");
        KerasHdf5File.write(KerasHdf5File.read(original), copy);

        String names = Python.run(NAMES, original);
        assertThat(names.lines()).hasSize(74);
        assertThat(Python.run(NAMES, copy)).isEqualTo(names);
    }

    @Test
    void readsBackEveryBitOfEveryKindOfLayer() {
        Network network = EveryKind.network();
        SavedModel model = new SavedModel(network, weights(network));

        SavedModel read = writeAndRead(model);

        assertThat(read).isEqualTo(model);
        model.weights()
                .arrays()
                .forEach((name, array) ->
                        assertThat(bits(read.weights().arrays().get(name))).isEqualTo(bits(array)));
    }

    private static int[] bits(NdArray array) {
        int[] bits = new int[array.values().length];
        for (int index = 0; index < bits.length; index++) {
            bits[index] = Float.floatToRawIntBits(array.values()[index]);
        }
        return bits;
    }

    @Test
    void readsBackSharedLayersAndSharedModelsInTraining() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 4));
        Conv2D shared = new Conv2D(4, 1).withName("shared");
        Network body = Network.of("body", input, new BatchNormalization().apply(new Conv2D(4, 1).apply(input)));
        SymbolicTensor x = body.apply(shared.apply(body.apply(shared.apply(input))));
        Network network = Network.of("outer", input, new Dense(2).apply(new GlobalAveragePooling2D().apply(x)));
        SavedModel model = SmallModel.trained(network, new Adam());

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    /** Groups in groups of the same names. */
    @Test
    void readsBackLayersWhoseNamesBeginWithOthers() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 4));
        SymbolicTensor x = input;
        for (String name : List.of("block/conv/block", "block/conv", "block", "block/block")) {
            x = new Conv2D(4, 1).withName(name).apply(x);
        }
        Network network = Network.of("scopes", input, x);
        SavedModel model = SmallModel.trained(network, new Sgd().withMomentum(0.9));

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void namesTheAttributeOfFactsThatDoNotFit() {
        Network network = SmallModel.everyLayer();
        TrainingFacts facts = new TrainingFacts("unit", List.of("one", "two"), History.EMPTY, Map.of());
        SavedModel model = new SavedModel(network, weights(network)).withFacts(facts);

        assertThatThrownBy(() -> writeAndRead(model))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.h5", "resnet4j:", "2 class names", "3 outputs");
    }

    /** Earlier versions know no warm-up, and take no options that they do not know. */
    @Test
    void leavesTheWordsForAWarmUpOutWhereThereIsNone() {
        Compilation plain = new Compilation(
                new Sgd().withLearningRate(new CosineDecay(0.1, 100, 0, 0.1, 0)), Loss.CATEGORICAL_CROSSENTROPY);
        Compilation warm = new Compilation(
                new Sgd().withLearningRate(new CosineDecay(0, 100, 0, 0.1, 10)), Loss.CATEGORICAL_CROSSENTROPY);

        assertThat(schedule(plain).has("warmup_steps")).isFalse();
        assertThat(schedule(plain).has("warmup_target")).isFalse();
        assertThat(schedule(warm).path("warmup_steps").asInt()).isEqualTo(10);
    }

    private static JsonNode schedule(Compilation compilation) {
        return CompileConfig.writeLegacy(compilation).at("/optimizer_config/config/learning_rate/config");
    }
}
