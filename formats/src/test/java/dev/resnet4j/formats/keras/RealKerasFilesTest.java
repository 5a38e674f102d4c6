package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Python;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Keras 3 itself wrote, and Keras's own reader of what is written here. */
class RealKerasFilesTest {
    private static final String SCRIPT = """
            import h5py, sys, zlib
            f = h5py.File(sys.argv[1])
            names = []
            f.visititems(lambda name, item: names.append(name))
            v = f['optimizer/vars']
            kernel = f['layers/conv2d/vars/0']
            print(len(names), v['0'][()], v['0'].dtype, v['1'][()], f['vars'].attrs['name'],
                  kernel.shape, zlib.crc32(kernel[()].tobytes()))
            """;

    @TempDir
    private Path folder;

    /** Made by every_layer_keras.py: the n-th array counts up from n, the optimizer's from 100. */
    private static Path everyLayer() throws URISyntaxException {
        return Path.of(
                RealKerasFilesTest.class.getResource("every_layer_keras.keras").toURI());
    }

    @Test
    void readsEveryLayerOfKeras() throws URISyntaxException {
        Network network = KerasFile.read(everyLayer()).network();

        assertThat(network.name()).isEqualTo("every_layer");
        assertThat(network.nodes().stream().map(node -> node.layer().className()))
                .containsOnlyOnceElementsOf(
                        List.of("InputLayer", "ZeroPadding2D", "MaxPooling2D", "Dropout", "Flatten"))
                .hasSize(16);
        assertThat(network.node("stem").outputShape().sizeText()).isEqualTo("7x13x4");
        assertThat(network.node("three").inputs())
                .containsExactly("global_average_pooling2d", "global_max_pooling2d", "features");
        assertThat(((Conv2D) network.node("conv2d").layer()).kernelInitializer())
                .isEqualTo(new GlorotUniform(7));
    }

    @Test
    void readsTheWeightsOfKerasInTheirPlaces() throws URISyntaxException {
        Map<WeightName, NdArray> arrays = KerasFile.read(everyLayer()).weights().arrays();

        int number = 0;
        for (NdArray array : arrays.values()) {
            assertThat(array.values()).isEqualTo(countingFrom(number++, array));
        }
        assertThat(number).isEqualTo(11);
    }

    @Test
    void readsTheOptimizersStateOfKeras() throws URISyntaxException {
        SavedModel model = KerasFile.read(everyLayer());

        Optimizer optimizer = model.compilation().orElseThrow().optimizer();
        assertThat(optimizer).isEqualTo(new Adam(0.002f));
        assertThat(model.optimizerState().orElseThrow().iterations()).isEqualTo(2);
        int number = 100;
        for (Map<String, NdArray> slots :
                model.optimizerState().orElseThrow().slots().values()) {
            assertThat(slots.keySet()).containsExactly("momentum", "velocity");
            for (NdArray slot : slots.values()) {
                assertThat(slot.values()).isEqualTo(countingFrom(number++, slot));
            }
        }
        assertThat(number).isEqualTo(100 + 2 * 9);
    }

    private static float[] countingFrom(int start, NdArray array) {
        float[] values = new float[array.values().length];
        for (int index = 0; index < values.length; index++) {
            values[index] = start + index / 1024f;
        }
        return values;
    }

    @Test
    void writesTheGroupsAndArraysThatKerasWrites() throws URISyntaxException, IOException {
        assertSameLayout(everyLayer());
    }

    @Test
    void writesNoFieldThatKerasDoesNotWrite() throws URISyntaxException, IOException {
        Path copy = folder.resolve("copy.keras");
        KerasFile.write(KerasFile.read(everyLayer()), copy);

        Set<String> written = new TreeSet<>();
        collectFields(Zips.json(copy, "config.json"), "", written);
        Set<String> ofKeras = new TreeSet<>();
        collectFields(Zips.json(everyLayer(), "config.json"), "", ofKeras);
        // Keras regularizes the one kernel that its file asks to regularize; resnet4j passes that over.
        assertThat(ofKeras).containsAll(written);
        assertThat(Zips.entries(copy).keySet())
                .containsExactly("metadata.json", "config.json", "model.weights.h5", "resnet4j.json");
    }

    private static void collectFields(JsonNode json, String path, Set<String> fields) {
        String here = json.path("class_name").isTextual()
                ? path + "<" + json.path("class_name").asText() + ">"
                : path;
        json.properties().forEach(field -> {
            fields.add(here + "/" + field.getKey());
            collectFields(field.getValue(), here + "/" + field.getKey(), fields);
        });
        if (json.isArray()) {
            json.forEach(element -> collectFields(element, here + "[]", fields));
        }
    }

    @Test
    void readsASequentialOfKeras36() throws IOException {
        Path file = SharedData.require("keras/cifar10_cnn_keras360.keras");

        SavedModel model = KerasFile.read(file);

        assertThat(model.network().nodes().stream().map(Node::name))
                .containsExactly(
                        "input_layer_4",
                        "conv2d_8",
                        "max_pooling2d_8",
                        "conv2d_9",
                        "max_pooling2d_9",
                        "flatten_4",
                        "dense_8",
                        "dense_9");
        assertThat(model.network().parameters()).isEqualTo(167_562);
        assertThat(model.optimizerState().orElseThrow().iterations()).isEqualTo(3910);
        ConstantRate rate =
                (ConstantRate) model.compilation().orElseThrow().optimizer().learningRate();
        assertThat(rate.rate()).isCloseTo(0.001, within(1e-9));
        assertSameLayout(file);
    }

    /** Apart from the group of the input layer, which a Sequential of Keras hides. */
    private void assertSameLayout(Path file) throws IOException {
        Path copy = folder.resolve("copy.keras");
        KerasFile.write(KerasFile.read(file), copy);

        Map<String, String> written = layout(copy);
        written.keySet().removeIf(path -> path.startsWith("/layers/input_layer/"));
        Map<String, String> ofKeras = layout(file);
        ofKeras.keySet().removeIf(path -> path.startsWith("/layers/input_layer/"));
        // Keras counts steps in 32 bits on JAX and in 64 on TensorFlow.
        ofKeras.replace("/optimizer/vars/0", "Integer []", "Long []");
        assertThat(written).isEqualTo(ofKeras);
    }

    /** Each array's type and shape and each attribute by its path. */
    private static Map<String, String> layout(Path file) throws IOException {
        Map<String, String> layout = new TreeMap<>();
        try (HdfFile hdf = HdfFile.fromBytes(Zips.entries(file).get("model.weights.h5"))) {
            collect(hdf, "", layout);
        }
        return layout;
    }

    private static void collect(Group group, String path, Map<String, String> layout) {
        group.getAttributes().values().stream()
                .filter(attribute -> attribute.getName().equals("name"))
                .forEach(attribute -> layout.put(path + "/@name", "string"));
        group.getChildren().forEach((name, child) -> {
            if (child instanceof Dataset dataset) {
                layout.put(
                        path + "/" + name,
                        dataset.getJavaType().getSimpleName() + " " + Arrays.toString(dataset.getDimensions()));
            } else {
                collect((Group) child, path + "/" + name, layout);
            }
        });
    }

    @Test
    void readsAModelInAModel() {
        SavedModel model = KerasFile.read(SharedData.require("keras/cifar10_cnn_keras3140.keras"));

        Network inside = (Network) model.network().node("sequential").layer();
        assertThat(inside.nodes().stream().map(node -> node.layer().className()))
                .containsExactly("InputLayer", "RandomFlip", "RandomRotation");
        assertThat(model.network().parameters()).isEqualTo(61_770);
    }

    @Test
    void refusesOneDimensionalLayers() {
        assertThatThrownBy(() -> KerasFile.read(SharedData.require("keras-refuse/conv1d_resnet.keras")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("Conv1D (conv1d, conv1d_1", "MaxPooling1D", "GlobalAveragePooling1D");
    }

    @Test
    void refusesASubclassedModel() {
        assertThatThrownBy(() -> KerasFile.read(SharedData.require("keras-refuse/subclassed_model.keras")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("CIFAR10Model", "Python code", "functional API");
    }

    @Test
    void writesHdf5ThatTheCLibraryReads() throws Exception {
        SavedModel model = SmallModel.trained(SmallModel.everyLayer(), new Adam());
        Path file = folder.resolve("model.keras");
        KerasFile.write(model, file);
        Path weights = folder.resolve("model.weights.h5");
        Files.write(weights, Zips.entries(file).get("model.weights.h5"));

        String printed = Python.run(SCRIPT, weights);

        NdArray kernel = model.weights().get("stem", "kernel");
        assertThat(printed).isEqualTo("67 4000000000 int64 0.001 every layer (3, 2, 3, 4) " + checksum(kernel));
    }

    private static long checksum(NdArray array) {
        ByteBuffer bytes =
                ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(array.values());
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
