package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static Weights weights(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(SmallModel.weights(network, 5).arrays());
        arrays.computeIfPresent(
                new WeightName("middle/norm", "count"), (name, old) -> new NdArray(Shape.of(), new float[] {4_096}));
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

    /** The group top_level_model_weights is there since tf.keras 2.6, and empty. */
    private static final String COMPARE = """
            import h5py, sys, os
            original = h5py.File(sys.argv[1] + '/original.h5', 'r')
            copy = h5py.File(sys.argv[1] + '/copy.h5', 'r')
            def name(x): return x.decode() if isinstance(x, bytes) else x
            def attributes(o): return {k: [name(x) for x in v] for k, v in o.attrs.items() if k in ('layer_names', 'weight_names')}
            def differ(path, a, b):
                if type(a) != type(b): print(path, 'is of another kind')
                elif isinstance(a, h5py.Dataset):
                    if a.shape != b.shape or a.dtype != b.dtype or a[()].tobytes() != b[()].tobytes(): print(path, 'differs')
                    if a.chunks != b.chunks: print(path, 'is laid out differently')
                else:
                    if attributes(a) != attributes(b): print(path, 'has other names')
                    for k in sorted((set(a) ^ set(b)) - {'top_level_model_weights'}): print(path + '/' + k, 'is only in one')
                    for k in sorted(set(a) & set(b)): differ(path + '/' + k, a[k], b[k])
            differ('model_weights', original['model_weights'], copy['model_weights'])
            print(sorted(set(original.attrs) ^ set(copy.attrs)), sorted(set(original) ^ set(copy)))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifar10_resnet20v1_keras224.h5",
                "dl4j_tfkeras_cnn2d_66.h5",
                "dl4j_tfkeras_cnn2d_68.h5",
                "dl4j_tfkeras_cnn2d_76.h5",
                "dl4j_tfkeras_cnn2d_101.h5",
                "mlcommons_str_ww.h5",
            })
    void writesTheStructureThatKerasWrote(String name) throws IOException, InterruptedException {
        Path original = SharedData.require("keras/" + name);
        Files.copy(original, folder.resolve("original.h5"));
        SavedModel model = KerasHdf5File.read(original);
        KerasHdf5File.write(model, folder.resolve("copy.h5"));

        String withoutCompilation = model.compilation().isPresent() ? "[] []" : "['training_config'] []";
        assertThat(Python.run(COMPARE, folder)).isEqualTo(withoutCompilation);
    }
}
