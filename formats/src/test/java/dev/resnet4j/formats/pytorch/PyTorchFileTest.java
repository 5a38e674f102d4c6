package dev.resnet4j.formats.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.LongTensor;
import dev.resnet4j.formats.Resources;
import dev.resnet4j.formats.SmallStateDict;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of PyTorch 2.13.0 are made by torch_files.py; the numbers are those that PyTorch gives for them. */
class PyTorchFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"state_dict.pth", "state_dict_legacy.pth", "state_dict_protocol4.pth", "checkpoint.pth"})
    void readsAStateDict(String file) {
        StateDict stateDict = PyTorchFile.read(torch(file));

        assertThat(stateDict.tensors().keySet())
                .containsExactly(
                        "conv.weight",
                        "conv.bias",
                        "bn.weight",
                        "bn.bias",
                        "bn.running_mean",
                        "bn.running_var",
                        "bn.num_batches_tracked");
        NdArray weight = floats(stateDict, "conv.weight");
        assertThat(weight.shape()).isEqualTo(Shape.of(3, 2, 3, 3));
        assertThat(weight.get(0, 0, 0, 0)).isEqualTo(-0.0017646897f);
        assertThat(weight.get(0, 0, 0, 1)).isEqualTo(0.12644097f);
        assertThat(weight.get(2, 1, 2, 2)).isEqualTo(0.03184168f);
        assertThat(floats(stateDict, "bn.running_var").values()).containsExactly(0.8551242f, 0.8700887f, 0.8803302f);
        assertThat(stateDict.tensors().get("bn.num_batches_tracked"))
                .isEqualTo(new LongTensor(Shape.of(), new long[] {2}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pth", "views_legacy.pth"})
    void gathersTensorsThatAreViewsOfOthers(String file) {
        StateDict views = PyTorchFile.read(torch(file));

        NdArray turned = floats(views, "turned");
        assertThat(turned.shape()).isEqualTo(Shape.of(6, 4));
        assertThat(turned.row(0)).containsExactly(0, 6, 12, 18);
        assertThat(turned.row(5)).containsExactly(5, 11, 17, 23);
        assertThat(floats(views, "middle").values()).containsExactly(5, 6, 7, 8);
        NdArray channelsLast = floats(views, "channels_last");
        assertThat(channelsLast.shape()).isEqualTo(Shape.of(1, 2, 3, 4));
        assertThat(channelsLast.values()).containsExactly(upTo24());
        assertThat(floats(views, "every_third").values()).containsExactly(1, 4, 7, 10, 13, 16, 19, 22);
        assertThat(floats(views, "expanded")).isEqualTo(new NdArray(Shape.of(2, 2), new float[] {3, 3, 3, 3}));
        assertThat(floats(views, "whole").values()).containsExactly(upTo24());
    }

    private static float[] upTo24() {
        float[] values = new float[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void readsAllTypesOfFloatingPointNumbersAsFloat32AndIntegersAsTheyAre() {
        StateDict types = PyTorchFile.read(torch("types.pth"));

        assertThat(floats(types, "float64").values()).containsExactly(0.1f, 1f, 1 + 0x1p-22f, -0.0f);
        assertThat(floats(types, "float16").values())
                .containsExactly(1f, -2.5f, 65504f, 0x1p-24f, Float.POSITIVE_INFINITY, -0.0f);
        assertThat(floats(types, "bfloat16").values()).containsExactly(1f, -2.5f, 3.0040553e38f, 0x1p-133f);
        assertThat(types.tensors().get("int64"))
                .isEqualTo(new LongTensor(Shape.of(2), new long[] {4611686018427387905L, -1}));
        assertThat(types.tensors().get("scalar")).isEqualTo(new LongTensor(Shape.of(), new long[] {7}));
    }

    @Test
    void readsWhatItWrites() {
        Path file = folder.resolve("model.pth");

        PyTorchFile.write(SmallStateDict.withAllTypes(), file);

        StateDict read = PyTorchFile.read(file);
        assertThat(read).isEqualTo(SmallStateDict.withAllTypes());
        assertThat(read.tensors().keySet())
                .containsExactlyElementsOf(
                        SmallStateDict.withAllTypes().tensors().keySet());
        assertThat(Float.floatToRawIntBits(floats(read, "conv.bias").get(0))).isEqualTo(0x8000_0000);
    }

    @Test
    void writesTheEntriesThatPyTorchLooksForStoredOnBoundariesOf64Bytes() throws IOException {
        Path file = folder.resolve("model.pth");

        PyTorchFile.write(SmallStateDict.withAllTypes(), file);

        Map<String, byte[]> entries = Zips.entries(file);
        assertThat(entries.keySet())
                .containsExactly(
                        "archive/data.pkl",
                        "archive/byteorder",
                        "archive/data/0",
                        "archive/data/1",
                        "archive/data/2",
                        "archive/data/3",
                        "archive/version");
        assertThat(entries.get("archive/version")).asString().isEqualTo("3\n");
        assertThat(entries.get("archive/byteorder")).asString().isEqualTo("little");
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (ZipArchiveEntry entry :
                    zip.getEntries(entries.keySet().toArray()[0].toString())) {
                assertThat(entry.getMethod()).isEqualTo(ZipArchiveEntry.STORED);
            }
            for (String name : entries.keySet()) {
                assertThat(zip.getEntry(name).getDataOffset() % 64).isZero();
            }
        }
    }

    @Test
    void writesEqualFilesForEqualStateDicts() throws IOException {
        Path first = folder.resolve("first.pth");
        Path second = folder.resolve("second.pth");

        PyTorchFile.write(SmallStateDict.withAllTypes(), first);
        PyTorchFile.write(PyTorchFile.read(first), second);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void refusesAWholeModuleByItsClassesAndSaysWhatToSave() {
        assertThatThrownBy(() -> PyTorchFile.read(torch("whole_model.pth")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(
                        "whole_model.pth: whole_model/data.pkl",
                        "torch.nn.modules.container.Sequential, ",
                        "torch.nn.modules.conv.Conv2d",
                        "torch.nn.modules.batchnorm.BatchNorm2d",
                        "torch.save(model.state_dict(), file)");
    }

    @Test
    void namesAllTensorsThatAreNotRead() {
        assertThatThrownBy(() -> PyTorchFile.read(torch("unsupported.pth")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("'a' holds int32", "'b' is empty, of sizes [0]")
                .hasMessageNotContaining("'c'");
    }

    @Test
    void leavesAnOlderFileWholeWhenTheFolderIsMissing() throws IOException {
        Path file = folder.resolve("absent/model.pth");

        assertThatThrownBy(() -> PyTorchFile.write(SmallStateDict.withAllTypes(), file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no folder");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static Path torch(String file) {
        return Resources.file(PyTorchFileTest.class, file);
    }

    private static NdArray floats(StateDict stateDict, String name) {
        Tensor tensor = stateDict.tensors().get(name);
        assertThat(tensor).isInstanceOf(FloatTensor.class);
        return ((FloatTensor) tensor).array();
    }
}
