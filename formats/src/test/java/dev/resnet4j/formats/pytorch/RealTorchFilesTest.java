package dev.resnet4j.formats.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.TensorBytes;
import dev.resnet4j.formats.safetensors.SafetensorsFile;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published CIFAR-10 networks, saved by an early PyTorch from several GPUs. */
class RealTorchFilesTest {
    @TempDir
    private Path folder;

    /** The digest is over every name and its numbers as PyTorch 2.13.0 loads them. */
    @ParameterizedTest
    @CsvSource({
        "resnet20-12fca82f.th,  97, 269722, b0a845a931deb07e2020f9498e047407e8dd2ec9b3fa9d8d91bec0ff9bb41059",
        "resnet56-4bfd9763.th, 277, 853018, dcf79f29e1e4b3a54f851efe88ca7544c7d136238b6a185940c6e4adea6ed859"
    })
    void readsEveryNumberAsPyTorchDoes(String file, int arrays, long parameters, String digest) throws Exception {
        StateDict stateDict = PyTorchFile.read(SharedData.require("torch/" + file));

        assertThat(stateDict.tensors()).hasSize(arrays);
        assertThat(stateDict.tensors().entrySet().stream()
                        .filter(tensor -> !tensor.getKey().contains("running_"))
                        .mapToLong(tensor -> tensor.getValue().shape().elements())
                        .sum())
                .isEqualTo(parameters);
        assertThat(digest(stateDict)).isEqualTo(digest);
    }

    @Test
    void takesTheNamesOutOfTheWrapper() {
        StateDict stateDict = PyTorchFile.read(SharedData.require("torch/resnet20-12fca82f.th"));

        assertThat(stateDict.tensors().keySet())
                .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")
                .endsWith("linear.weight", "linear.bias");
        assertThat(stateDict.tensors().get("layer3.2.conv2.weight").shape()).isEqualTo(Shape.of(64, 64, 3, 3));
        assertThat(stateDict.tensors().get("linear.weight").shape()).isEqualTo(Shape.of(10, 64));
    }

    @Test
    void keepsEveryBitOverSafetensorsAndANewPyTorchFile() {
        StateDict first = PyTorchFile.read(SharedData.require("torch/resnet56-4bfd9763.th"));

        SafetensorsFile.write(first, folder.resolve("model.safetensors"));
        StateDict second = SafetensorsFile.read(folder.resolve("model.safetensors"));
        PyTorchFile.write(second, folder.resolve("model.pth"));
        StateDict third = PyTorchFile.read(folder.resolve("model.pth"));

        assertThat(second.tensors().keySet())
                .containsExactlyElementsOf(first.tensors().keySet());
        assertThat(third.tensors().keySet())
                .containsExactlyElementsOf(first.tensors().keySet());
        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
    }

    private static String digest(StateDict stateDict) throws NoSuchAlgorithmException, IOException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (Map.Entry<String, Tensor> tensor : stateDict.tensors().entrySet()) {
                out.write(tensor.getKey().getBytes(StandardCharsets.UTF_8));
                TensorBytes.write(tensor.getValue(), out);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
