package dev.resnet4j.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.LongTensor;
import dev.resnet4j.formats.Resources;
import dev.resnet4j.formats.SmallStateDict;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of safetensors 0.8.0 are made by torch_files.py; the numbers are those that it gives for them. */
class SafetensorsFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsAStateDict() {
        StateDict stateDict = SafetensorsFile.read(library("state_dict.safetensors"));

        assertThat(stateDict.tensors().keySet())
                .containsExactly(
                        "bn.num_batches_tracked",
                        "bn.bias",
                        "bn.running_mean",
                        "bn.running_var",
                        "bn.weight",
                        "conv.bias",
                        "conv.weight");
        NdArray weight = ((FloatTensor) stateDict.tensors().get("conv.weight")).array();
        assertThat(weight.shape()).isEqualTo(Shape.of(3, 2, 3, 3));
        assertThat(weight.get(0, 0, 0, 1)).isEqualTo(0.12644097f);
        assertThat(stateDict.tensors().get("bn.num_batches_tracked"))
                .isEqualTo(new LongTensor(Shape.of(), new long[] {2}));
    }

    @Test
    void readsAllTypesOfFloatingPointNumbersAsFloat32AndIntegersAsTheyAre() {
        Map<String, Tensor> types =
                SafetensorsFile.read(library("types.safetensors")).tensors();

        assertThat(types.get("float64")).isEqualTo(floats(0.1f, 1f, 1 + 0x1p-22f, -0.0f));
        assertThat(types.get("float16")).isEqualTo(floats(1f, -2.5f, 65504f, 0x1p-24f, Float.POSITIVE_INFINITY, -0.0f));
        assertThat(types.get("bfloat16")).isEqualTo(floats(1f, -2.5f, 3.0040553e38f, 0x1p-133f));
        assertThat(types.get("int64")).isEqualTo(new LongTensor(Shape.of(2), new long[] {4611686018427387905L, -1}));
    }

    private static FloatTensor floats(float... values) {
        return new FloatTensor(new NdArray(Shape.of(values.length), values));
    }

    @Test
    void readsWhatItWritesInTheSameOrder() {
        Path file = folder.resolve("model.safetensors");

        SafetensorsFile.write(SmallStateDict.withAllTypes(), file);

        StateDict read = SafetensorsFile.read(file);
        assertThat(read).isEqualTo(SmallStateDict.withAllTypes());
        assertThat(read.tensors().keySet())
                .containsExactlyElementsOf(
                        SmallStateDict.withAllTypes().tensors().keySet());
    }

    @Test
    void writesTheFormatsHeaderWithTheWidestNumbersFirst() throws IOException {
        Path file = folder.resolve("model.safetensors");

        SafetensorsFile.write(SmallStateDict.withAllTypes(), file);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes.array(), 8, length, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[3,1,2,2],\"data_offsets\":[24,72]},"
                        + "\"conv.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[72,84]},"
                        + "\"bn.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"größe\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]}}");
        assertThat(bytes.getLong(8 + length)).isEqualTo((1L << 62) + 1);
    }

    @Test
    void refusesToWriteANameThatTheFormatKeeps() throws IOException {
        StateDict stateDict = new StateDict(Map.of("__metadata__", floats(1)));

        assertThatThrownBy(() -> SafetensorsFile.write(stateDict, folder.resolve("model.safetensors")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("__metadata__");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static Path library(String file) {
        return Resources.file(SafetensorsFileTest.class, file);
    }
}
