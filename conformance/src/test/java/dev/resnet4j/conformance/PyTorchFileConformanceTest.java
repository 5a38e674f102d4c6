package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.LongTensor;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.pytorch.PyTorchFile;
import dev.resnet4j.model.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * libtorch's own reader opens the files that resnet4j writes, and finds every number. It reads dicts, but no OrderedDict,
 * which state dicts are in Python: the outermost one is exchanged before.
 */
class PyTorchFileConformanceTest {
    private static final String ORDERED_DICT = "ccollections\nOrderedDict\n)R";
    private static final String DICT = "}";

    @TempDir
    private Path folder;

    @Test
    void libtorchReadsTheStateDictsThatResnet4jWrites() throws IOException {
        FloatTensor kernel = new FloatTensor(TestArrays.normal(Shape.of(8, 4, 3, 3), 1));
        FloatTensor bias = new FloatTensor(TestArrays.normal(Shape.of(7), 2));
        LongTensor count = new LongTensor(Shape.of(), new long[] {(1L << 53) + 1});
        Map<String, dev.resnet4j.formats.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", kernel);
        tensors.put("bn.num_batches_tracked", count);
        tensors.put("conv.bias", bias);
        Path file = folder.resolve("model.pth");
        PyTorchFile.write(new StateDict(tensors), file);

        try (PointerScope scope = new PointerScope()) {
            GenericDict dict =
                    torch.pickle_load(new ByteVector(withPlainDict(file))).toGenericDict();

            assertThat(dict.size()).isEqualTo(3);
            assertHolds(dict, "conv.weight", kernel);
            assertHolds(dict, "conv.bias", bias);
            Tensor counted = dict.at(new IValue("bn.num_batches_tracked")).toTensor();
            assertThat(counted.dim()).isZero();
            assertThat(counted.item_long()).isEqualTo((1L << 53) + 1);
        }
    }

    private static byte[] withPlainDict(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(entry.getName().endsWith("data.pkl") ? withPlainDict(content) : content);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] withPlainDict(byte[] pickle) {
        String text = new String(pickle, StandardCharsets.ISO_8859_1);
        int place = text.indexOf(ORDERED_DICT);
        String exchanged = text.substring(0, place) + DICT + text.substring(place + ORDERED_DICT.length());
        return exchanged.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertHolds(GenericDict dict, String name, FloatTensor expected) {
        Tensor tensor = dict.at(new IValue(name)).toTensor();
        long[] sizes = expected.shape().dimensions().stream()
                .mapToLong(Integer::longValue)
                .toArray();
        assertThat(tensor.sizes().vec().get()).containsExactly(sizes);
        assertThat(tensor.is_contiguous()).isTrue();
        float[] values = new float[expected.array().values().length];
        tensor.data_ptr_float().get(values);
        assertThat(values).containsExactly(expected.array().values());
    }
}
