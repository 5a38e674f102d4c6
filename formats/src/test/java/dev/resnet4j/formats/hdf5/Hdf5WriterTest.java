package dev.resnet4j.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.hdf5.global.hdf5.H5F_OBJ_ALL;
import static org.bytedeco.hdf5.global.hdf5.H5Fget_obj_count;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Python;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5WriterTest {
    private static final NdArray KERNEL =
            new NdArray(Shape.of(2, 3), new float[] {1, -0.0f, Float.NaN, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f});
    private static final String CONFIGURATION = "{\"name\": \"" + "naïve".repeat(40_000) + "\"}";

    /** The same as {@link #writeAsKeras} writes, and a comparison of the two files' types, layouts, times and contents. */
    private static final String SAME_AS_H5PY = """
            import h5py, io, numpy, sys
            memory = io.BytesIO()
            theirs = h5py.File(memory, 'w')
            theirs.attrs['keras_version'] = '2.1.3'.encode('utf8')
            theirs.attrs['model_config'] = ('{"name": "' + 'na\\u00efve' * 40000 + '"}').encode('utf8')
            group = theirs.create_group('model_weights')
            group.attrs['layer_names'] = numpy.array([b'input_1', b'conv1'])
            group.create_group('input_1').attrs['weight_names'] = []
            conv = group.create_group('conv1')
            conv.attrs['weight_names'] = numpy.array([b'conv1/kernel:0', b'conv1/bias:0'])
            smallest, largest = numpy.float32(1.4e-45), numpy.finfo('float32').max
            kernel = numpy.array([[1, -0.0, float('nan')], [smallest, largest, 0.1]], 'float32')
            conv.create_dataset('conv1/kernel:0', (2, 3), dtype='float32')[:] = kernel
            counts = theirs.create_dataset('optimizer_weights/iterations:0', (), dtype='int64')
            counts[()] = 1 << 40
            theirs.create_dataset('seeds', data=numpy.array([7, -8], 'int32'))
            theirs.create_group('vars').attrs['name'] = 'n\\u00e4me'

            def described(file):
                lines = []
                def visit(name, item):
                    lines.append((name, type(item).__name__))
                    for key in item.attrs:
                        stored = item.attrs.get_id(key)
                        kind = stored.get_type()
                        text = kind.get_class() == h5py.h5t.STRING
                        lines.append((key, str(kind.dtype), stored.shape, kind.get_size(), item.attrs[key].__repr__(),
                                      (kind.get_cset(), kind.get_strpad(), kind.is_variable_str()) if text else ()))
                    if isinstance(item, h5py.Dataset):
                        made = item.id.get_create_plist()
                        lines.append((item.id.get_type().encode(), item.shape, item.maxshape, made.get_layout(),
                                      h5py.h5g.get_objinfo(item.id).mtime, made.get_fill_time(), item[()].tobytes()))
                visit('/', file)
                file.visititems(visit)
                return lines

            ours = described(h5py.File(sys.argv[1], 'r'))
            theirs.close()
            theirs = described(h5py.File(memory, 'r'))
            for one, other in zip(ours, theirs):
                if one != other:
                    print(str(one)[:500], '!=', str(other)[:500])
            print(len(ours), len(theirs))
            """;

    @TempDir
    private Path folder;

    private static void writeAsKeras(Hdf5Writer file) {
        file.setBytes("/", "keras_version", "2.1.3");
        file.setBytes("/", "model_config", CONFIGURATION);
        file.addGroup("model_weights/input_1");
        file.setNames("model_weights", "layer_names", List.of("input_1", "conv1"));
        file.setNames("model_weights/input_1", "weight_names", List.of());
        file.add("model_weights/conv1/conv1/kernel:0", KERNEL);
        file.setNames("model_weights/conv1", "weight_names", List.of("conv1/kernel:0", "conv1/bias:0"));
        file.addInt64("optimizer_weights/iterations:0", Shape.of(), 1L << 40);
        file.addInt32("seeds", Shape.of(2), 7, -8);
        file.addGroup("vars");
        file.setString("vars", "name", "näme");
    }

    private static byte[] written(Content content) throws IOException {
        try (Hdf5Writer file = Hdf5Writer.create()) {
            content.writeTo(file);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.writeTo(bytes);
            assertThat(bytes.size()).isEqualTo((int) file.size());
            return bytes.toByteArray();
        }
    }

    private interface Content {
        void writeTo(Hdf5Writer file);
    }

    @Test
    void isReadBackBitForBit() throws IOException {
        try (Hdf5File file = Hdf5File.open("", ByteBuffer.wrap(written(Hdf5WriterTest::writeAsKeras)))) {
            Hdf5Group root = file.root();
            Hdf5Group weights = root.group("model_weights").orElseThrow();

            assertThat(root.groupNames()).containsExactly("model_weights", "optimizer_weights", "vars");
            assertThat(root.attributes().string("keras_version")).contains("2.1.3");
            assertThat(root.attributes().string("model_config")).contains(CONFIGURATION);
            assertThat(weights.attributes().strings("layer_names")).contains(List.of("input_1", "conv1"));
            assertThat(weights.group("input_1").orElseThrow().attributes().strings("weight_names"))
                    .contains(List.of());
            assertThat(weights.dataset("conv1/conv1/kernel:0").orElseThrow().read(Shape.of(2, 3)))
                    .isEqualTo(KERNEL);
            assertThat(root.dataset("optimizer_weights/iterations:0")
                            .orElseThrow()
                            .readInteger())
                    .isEqualTo(1L << 40);
            assertThat(root.dataset("seeds").orElseThrow().read().values()).containsExactly(7, -8);
            assertThat(root.group("vars").orElseThrow().attributes().string("name"))
                    .contains("näme");
        }
    }

    @Test
    void hasTheStructureOfWhatH5pyWrites() throws Exception {
        Path file = folder.resolve("ours.h5");
        Files.write(file, written(Hdf5WriterTest::writeAsKeras));

        assertThat(Python.run(SAME_AS_H5PY, file)).isEqualTo("19 19");
    }

    @Test
    void givesTheSameBytesForTheSameContent() throws IOException {
        assertThat(written(Hdf5WriterTest::writeAsKeras)).isEqualTo(written(Hdf5WriterTest::writeAsKeras));
    }

    @Test
    void isAFileThatNobodyWritesTo() throws IOException {
        byte[] bytes = written(Hdf5WriterTest::writeAsKeras);

        assertThat(bytes[8])
                .as("version of the superblock, as HDF5 1.8 reads it")
                .isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(20)).as("consistency flags").isZero();
    }

    @Test
    void splitsNamesThatAreTooManyForOneAttributeAsKerasDoes() throws IOException {
        List<String> names = IntStream.range(0, 5_000)
                .mapToObj(index -> "layer_with_a_long_name_" + index)
                .toList();

        try (Hdf5File file =
                Hdf5File.open("", ByteBuffer.wrap(written(writer -> writer.setNames("/", "layer_names", names))))) {
            Hdf5Attributes attributes = file.root().attributes();

            // 5000 names of 27 bytes: NumPy's array_split into 3 gives 1667, 1667 and 1666.
            assertThat(attributes.names()).containsExactly("layer_names0", "layer_names1", "layer_names2");
            assertThat(attributes.strings("layer_names0").orElseThrow()).hasSize(1667);
            assertThat(attributes.strings("layer_names2").orElseThrow()).hasSize(1666);
            assertThat(attributes.strings("layer_names")).contains(names);
        }
    }

    @Test
    void writesNamesUpToTheLimitIntoOneAttribute() throws IOException {
        String longest = "x".repeat(Hdf5Writer.LONGEST_NAMES);

        try (Hdf5File file = Hdf5File.open(
                "", ByteBuffer.wrap(written(writer -> writer.setNames("/", "names", List.of(longest)))))) {
            assertThat(file.root().attributes().strings("names")).contains(List.of(longest));
        }
        assertRefused(writer -> writer.setNames("/", "names", List.of(longest + "x")), "/@names", "64513 bytes");
    }

    @Test
    void refusesWhatIsThereAlready() {
        assertRefused(
                file -> {
                    file.add("a/b", KERNEL);
                    file.add("a/b", KERNEL);
                },
                "a/b",
                "name already exists");
        assertRefused(
                file -> {
                    file.addGroup("a");
                    file.addGroup("a");
                },
                "a",
                "name already exists");
    }

    @Test
    void refusesAttributesOfWhatIsNotThere() {
        assertRefused(file -> file.setString("nowhere", "name", "x"), "nowhere", "doesn't exist");
    }

    @Test
    void refusesTextsThatCWouldCutOff() {
        assertRefused(file -> file.setString("/", "name", "a\0b"), "/@name", "zero character");
        assertRefused(file -> file.setNames("/", "names", List.of("a\0b")), "/@names", "zero character");
    }

    @Test
    void refusesAnotherNumberOfNumbersThanTheShapeHolds() {
        try (Hdf5Writer file = Hdf5Writer.create()) {
            assertThatThrownBy(() -> file.addInt64("a", Shape.of(3), 1, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("(3,)", "got 2");
        }
    }

    private static void assertRefused(Content content, String place, String reason) {
        assertThatThrownBy(() -> written(content))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(place + ":")
                .hasMessageContaining(reason);
    }

    @Test
    void saysWhenTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no " + full);
        try (Hdf5Writer file = Hdf5Writer.create();
                OutputStream out = Files.newOutputStream(full)) {
            file.add("a", KERNEL);

            assertThatIOException().isThrownBy(() -> file.writeTo(out)).withMessageContaining("No space left");
        }
    }

    @Test
    void leavesNothingOpenInTheNativeLibrary() throws IOException {
        written(Hdf5WriterTest::writeAsKeras);
        // The library's own types count too.
        long own = H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL);

        refusesWhatIsThereAlready();
        refusesAttributesOfWhatIsNotThere();
        written(Hdf5WriterTest::writeAsKeras);

        assertThat(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL)).isEqualTo(own);
    }

    @Test
    void isUsedByManyThreads() throws IOException {
        byte[] alone = written(Hdf5WriterTest::writeAsKeras);

        List<byte[]> together = IntStream.range(0, 16)
                .parallel()
                .mapToObj(index -> {
                    try {
                        return written(Hdf5WriterTest::writeAsKeras);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(together).allSatisfy(bytes -> assertThat(bytes).isEqualTo(alone));
    }
}
