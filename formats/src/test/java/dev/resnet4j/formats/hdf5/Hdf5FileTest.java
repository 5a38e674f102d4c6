package dev.resnet4j.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Mutation;
import dev.resnet4j.formats.Python;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hdf5FileTest {
    private static final int MUTATIONS = Integer.getInteger("resnet4j.mutations", 1_000);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Where the C library puts the address of the root's B-tree, in the root's object header. */
    private static final int ROOT_TREE = 120;

    @TempDir
    private Path folder;

    private static byte[] smallFile() throws IOException {
        try (Hdf5Writer file = Hdf5Writer.create()) {
            file.setBytes("/", "backend", "tensorflow");
            file.setString("/", "name", "small");
            file.add("dense/kernel:0", new NdArray(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
            file.setNames("dense", "weight_names", List.of("kernel:0", "bias:0"));
            file.addInt64("iterations", Shape.of(), 7);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.writeTo(bytes);
            return bytes.toByteArray();
        }
    }

    /** Arrays, attributes and the sum of the arrays' checksums, as h5py reads them. */
    @ParameterizedTest
    @CsvSource({
        "keras/cifar10_resnet20v1_keras224.h5, 367, 81, 661572072188",
        "keras/dl4j_batch_to_conv2d_tensorflow_2.h5, 8, 11, 14189798659",
        "keras/dl4j_cnn_batch_norm.h5, 10, 13, 17952487112",
        "keras/dl4j_conv2d_tensorflow_2.h5, 2, 8, 4278565518",
        "keras/dl4j_conv2d_theano_1.h5, 2, 5, 4278565518",
        "keras/dl4j_sepconv2d_tensorflow_2.h5, 3, 8, 6042601801",
        "keras/dl4j_tfkeras_cnn2d_101.h5, 4, 21, 9373154881",
        "keras/dl4j_tfkeras_cnn2d_40.h5, 4, 21, 7354436473",
        "keras/dl4j_tfkeras_cnn2d_46.h5, 4, 21, 9515083958",
        "keras/dl4j_tfkeras_cnn2d_52.h5, 4, 21, 12326784653",
        "keras/dl4j_tfkeras_cnn2d_66.h5, 4, 21, 14235205977",
        "keras/dl4j_tfkeras_cnn2d_68.h5, 4, 21, 10403350944",
        "keras/dl4j_tfkeras_cnn2d_76.h5, 6, 21, 18074805449",
        "keras/mlcommons_str_ww.h5, 63, 32, 133752982926",
        "keras/resnet20_keras1_weights_only.h5, 132, 77, 287848820578",
        "keras-refuse/larq_quantised_layers.h5, 134, 106, 269630037416",
        "keras-refuse/lstm_weights_only.h5, 8, 6, 17761640566",
    })
    void readsAllThatKerasWrote(String name, int arrays, int attributes, long checksum) throws IOException {
        try (Hdf5File file = Hdf5File.open(SharedData.require(name))) {
            WholeFile whole = WholeFile.read(file);

            assertThat(whole.arrays()).isEqualTo(arrays);
            assertThat(whole.attributes()).isEqualTo(attributes);
            assertThat(whole.checksum()).isEqualTo(checksum);
        }
    }

    @Test
    void readsNamesAndConfigurationAsKerasWroteThem() throws IOException {
        try (Hdf5File file = Hdf5File.open(SharedData.require("keras/dl4j_conv2d_tensorflow_2.h5"))) {
            assertThat(WholeFile.read(file).lines())
                    .contains(
                            "@keras_version [2.1.3]",
                            "/model_weights/conv2d_1@weight_names [conv2d_1/kernel:0, conv2d_1/bias:0]",
                            "/model_weights/conv2d_1/conv2d_1/kernel:0 float32 [3, 3, 5, 6]");
        }
    }

    @Test
    void convertsOtherNumbersToFloat32() throws Exception {
        Path path = h5py("""
                import h5py, numpy, sys
                file = h5py.File(sys.argv[1], 'w')
                file['half'] = numpy.array([1.5, -65504, 6e-8], 'float16')
                file['double'] = numpy.array([0.1, 1e300, 16777217], 'float64')
                file['big'] = numpy.array([1, -2.5], '>f4')
                file['int32'] = numpy.array([-3, 16777219], 'int32')
                file['int64'] = numpy.array([1 << 40], '>i8')
                file['count'] = numpy.int32(-5)
                file.attrs['whole'], file.attrs['real'] = 3, 0.5
                """);
        try (Hdf5File file = Hdf5File.open(path)) {
            Hdf5Group root = file.root();
            assertThat(root.dataset("half").orElseThrow().read().values()).containsExactly(1.5f, -65504, 0x1p-24f);
            assertThat(root.dataset("double").orElseThrow().read().values())
                    .containsExactly(0.1f, Float.POSITIVE_INFINITY, 16777216);
            assertThat(root.dataset("big").orElseThrow().read().values()).containsExactly(1, -2.5f);
            assertThat(root.dataset("int32").orElseThrow().read().values()).containsExactly(-3, 16777220);
            assertThat(root.dataset("int64").orElseThrow().read().values()).containsExactly(0x1p40f);
            assertThat(root.dataset("count").orElseThrow().readInteger()).isEqualTo(-5);
            assertThat(root.attributes().number("whole")).contains(3L);
            assertThat(root.attributes().number("real")).contains(0.5);
        }
    }

    @Test
    void doesNotFollowLinks() throws Exception {
        Path path = h5py("""
                import h5py, sys
                file = h5py.File(sys.argv[1], 'w')
                file['there'] = [1.0]
                file['soft'] = h5py.SoftLink('/there')
                file['outside'] = h5py.ExternalLink('/etc/passwd', '/')
                """);
        try (Hdf5File file = Hdf5File.open(path)) {
            assertThat(file.root().datasetNames()).containsExactly("there");
            assertThat(file.root().dataset("soft")).isEmpty();
            assertThat(file.root().groupNames()).isEmpty();
            assertThat(file.root().group("outside")).isEmpty();
        }
    }

    @Test
    void readsTheLatestFormatAsLongAsItIsNotDense() throws Exception {
        String script = """
                import h5py, sys
                file = h5py.File(sys.argv[1], 'w', libver='latest')
                for number in range(%d):
                    file.create_group('group%%02d' %% number).attrs['name'] = 'x'
                """;

        try (Hdf5File file = Hdf5File.open(h5py(script.formatted(8)))) {
            assertThat(file.root().groupNames()).hasSize(8).contains("group07");
            assertThat(file.root().group("group07").orElseThrow().attributes().string("name"))
                    .contains("x");
        }
        assertRefused(h5py(script.formatted(20)), "stored densely", "libver='earliest'");
    }

    @Test
    void refusesArraysInPieces() throws Exception {
        Path path = h5py("""
                import h5py, numpy, sys
                numbers = numpy.zeros((100, 100), 'float32')
                h5py.File(sys.argv[1], 'w').create_dataset('kernel', data=numbers, compression='gzip')
                """);
        try (Hdf5File file = Hdf5File.open(path)) {
            assertThatThrownBy(() -> file.root().dataset("kernel").orElseThrow().read())
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("/kernel", "in pieces or compressed", "h5repack");
        }
    }

    @Test
    void refusesTypesMadeOfTypes() throws Exception {
        assertRefused(h5py("""
                import h5py, numpy, sys
                h5py.File(sys.argv[1], 'w').create_group('a')['pairs'] = numpy.zeros(3, 'f4,i4')
                """), "/a/pairs", "type class 6");
    }

    private Path h5py(String script) throws IOException, InterruptedException {
        Path path = folder.resolve("theirs.h5");
        Python.run(script, path);
        return path;
    }

    @Test
    void refusesAnotherShapeThanExpected() throws IOException {
        try (Hdf5File file = Hdf5File.open("weights", ByteBuffer.wrap(smallFile()))) {
            assertThatThrownBy(() ->
                            file.root().dataset("dense/kernel:0").orElseThrow().read(Shape.of(3, 2)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("weights/dense/kernel:0", "(3, 2)", "float32 [2, 3]");
        }
    }

    @Test
    void refusesAttributesOfAnotherKind() throws IOException {
        try (Hdf5File file = Hdf5File.open("", ByteBuffer.wrap(smallFile()))) {
            Hdf5Attributes root = file.root().attributes();
            Hdf5Attributes dense = file.root().group("dense").orElseThrow().attributes();

            assertThat(root.string("absent")).isEmpty();
            assertThat(root.strings("absent")).isEmpty();
            assertThatThrownBy(() -> dense.string("weight_names"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("/dense@weight_names", "not a single text");
            assertThatThrownBy(() -> root.number("name"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("/@name", "not a single number");
        }
    }

    @Test
    void refusesWhatIsNotHdf5() throws IOException {
        Path path = folder.resolve("model.h5");
        Files.writeString(path, "not HDF5");
        assertRefused(path, "it is not HDF5");
        Files.write(path, new byte[0]);
        assertRefused(path, "it is not HDF5");
        Files.write(path, Arrays.copyOf(smallFile(), 200));
        assertRefused(path, "does not lie inside the file");
    }

    @Test
    void refusesAnArrayThatIsDeclaredLargerThanTheFile() throws IOException {
        byte[] bytes = smallFile();
        // The sizes (2, 3) of the kernel, once as they are and once as they may become.
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int changed = 0;
        for (int offset = 0; offset < bytes.length - 16; offset += 8) {
            if (file.getLong(offset) == 2 && file.getLong(offset + 8) == 3) {
                file.putLong(offset, 500_000_000);
                changed++;
            }
        }
        assertThat(changed).isPositive();
        assertRefused(bytes, "/dense/kernel:0", "6000000000 bytes");
    }

    @Test
    void refusesAGroupInsideItself() throws IOException {
        byte[] bytes = smallFile();
        int root = 96;
        int table = indexOf(bytes, "SNOD");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(table + 8 + 8, root);

        assertRefused(bytes, "/dense/dense");
    }

    @Test
    void refusesATreeWithExponentiallyManyWaysThroughIt() throws IOException {
        byte[] small = fileOfOneArray();
        int levels = 60;
        int nodeBytes = 24 + 5 * 8;
        ByteBuffer file = ByteBuffer.allocate(small.length + levels * nodeBytes + 65_536)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(small);
        long leaf = file.getLong(ROOT_TREE);
        file.putLong(ROOT_TREE, small.length);
        for (int level = levels; level > 0; level--) {
            long next = level == 1 ? leaf : file.position() + nodeBytes;
            file.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) level);
            file.putShort((short) 2).putLong(-1).putLong(-1);
            file.putLong(0).putLong(next).putLong(0).putLong(next).putLong(0);
        }

        assertRefused(file.array(), "lead in a circle, or lie on top of each other");
    }

    /** Without attributes, so that the root's header stays as it is laid out at first. */
    private static byte[] fileOfOneArray() throws IOException {
        try (Hdf5Writer file = Hdf5Writer.create()) {
            file.add("a", new NdArray(Shape.of(1), new float[] {1}));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.writeTo(bytes);
            return bytes.toByteArray();
        }
    }

    private static int indexOf(byte[] bytes, String signature) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(signature);
    }

    @Test
    void survivesDamageToWhatIsWrittenHere() throws IOException {
        assertThat(refused(smallFile())).isGreaterThan(MUTATIONS / 10);
    }

    @ParameterizedTest
    @CsvSource({"dl4j_conv2d_tensorflow_2.h5", "dl4j_conv2d_theano_1.h5", "dl4j_cnn_batch_norm.h5"})
    void survivesDamageToWhatKerasWrote(String name) throws IOException {
        assertThat(refused(Files.readAllBytes(SharedData.require("keras/" + name))))
                .isGreaterThan(MUTATIONS / 10);
    }

    /** How many of the damaged variants are refused; the others are read whole. Anything else fails the test. */
    private static int refused(byte[] whole) {
        return assertTimeoutPreemptively(LIMIT, () -> {
            Random random = new Random(1);
            int refused = 0;
            for (int variant = 0; variant < MUTATIONS; variant++) {
                byte[] damaged = Mutation.damage(whole, random);
                try {
                    WholeFile.read(damaged);
                } catch (FormatException e) {
                    assertThat(e.getCause() instanceof Error).as(e.getMessage()).isFalse();
                    refused++;
                }
            }
            return refused;
        });
    }

    private static void assertRefused(byte[] bytes, String... reasons) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> WholeFile.read(bytes))
                        .isInstanceOf(FormatException.class)
                        .hasMessageContainingAll(reasons));
    }

    private static void assertRefused(Path path, String... reasons) {
        assertThatThrownBy(() -> Hdf5File.open(path).close())
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(reasons);
    }
}
