package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.formats.keras.KerasHdf5File;
import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    private Path folder;

    private SavedModel resNet20;

    @BeforeEach
    void saveAResNet20() {
        var network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1));
        resNet20 = new SavedModel(network, Weights.initialize(network));
        KerasFile.write(resNet20, file("model.keras"));
    }

    @Test
    void keepsEveryBitOfTheWeightsFromFormatToFormat() {
        convert("model.keras", "a.h5");
        convert("a.h5", "b.keras");
        convert("b.keras", "c.pth");
        convert("c.pth", "d.safetensors");
        convert("d.safetensors", "e.keras");

        assertThat(KerasHdf5File.read(file("a.h5")).weights()).isEqualTo(resNet20.weights());
        assertThat(KerasFile.read(file("e.keras")).weights()).isEqualTo(resNet20.weights());
    }

    @Test
    void writesOnnxAndConfigurations() throws IOException {
        convert("model.keras", "model.onnx");
        convert("model.keras", "model.json");

        assertThat(file("model.onnx")).isNotEmptyFile();
        assertThat(Call.of("summary", file("model.json")).out()).contains("Total params: 271,098");
    }

    @Test
    void givesWeightsAloneToAnArchitecture() throws IOException {
        convert("model.keras", "w.weights.h5");

        Call call = Call.of("convert", file("w.weights.h5"), file("w.keras"), "--architecture", "resnet20", "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.json().get("parameters").asLong()).isEqualTo(271_098);
        assertThat(KerasFile.read(file("w.keras")).weights()).isEqualTo(resNet20.weights());
    }

    @Test
    void saysWhichLayersTheFileHasNothingFor() {
        convert("model.keras", "w.weights.h5");

        Call call =
                Call.of("convert", file("w.weights.h5"), file("w.keras"), "--architecture", "resnet32", "--by-name");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains("no weights for layer1.3.conv1");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() {
        convert("model.keras", "w.weights.h5");

        Call call = Call.of("convert", file("w.weights.h5"), file("w.keras"), "--architecture", "resnet18");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).hasSize(1);
        assertThat(file("w.keras")).doesNotExist();
    }

    @Test
    void storesClassNamesAndPreprocessing() throws IOException {
        Files.writeString(file("names.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");

        Call call = Call.of(
                "convert",
                file("model.keras"),
                file("named.keras"),
                "--class-names",
                file("names.txt"),
                "--preprocess",
                "caffe");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        SavedModel named =
                ModelFiles.read(file("named.keras"), ReadOptions.DEFAULT).model();
        assertThat(named.facts().classNames()).hasSize(10).startsWith("a", "b");
        assertThat(named.facts().preprocessing()).isEqualTo("caffe");
    }

    @Test
    void refusesAnUnknownEndingBeforeReading() {
        Call call = Call.of("convert", file("missing.keras"), file("model.tflite"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("model.tflite", ".onnx", ".safetensors");
    }

    @Test
    void refusesOptionsThatOnlyWeightsAloneTake() {
        assertThat(Call.of("convert", file("model.keras"), file("x.keras"), "--by-name")
                        .exitStatus())
                .isEqualTo(2);
        Call whole = Call.of("convert", file("model.keras"), file("x.keras"), "--architecture", "resnet20");
        assertThat(whole.exitStatus()).isEqualTo(1);
        assertThat(whole.err()).contains("model.keras", "its own layers");
    }

    @Test
    void refusesToWriteOverItsInput() {
        Call call = Call.of("convert", file("model.keras"), file("model.keras"));

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err()).contains("same file");
    }

    @Test
    void refusesNetworksThatPyTorchDoesNotHave() {
        Call call = Call.of("convert", TrainedRun.FOLDER.model(), file("model.pth"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("ResNet50");
        assertThat(file("model.pth")).doesNotExist();
    }

    private void convert(String from, String to) {
        Call call = Call.of("convert", file(from), file(to));
        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("Wrote ", to);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void saysWhatAFileOfWeightsHasNoPlaceFor() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        TrainingFacts facts = new TrainingFacts("unit", names, History.EMPTY, Map.of());
        KerasFile.write(resNet20.withFacts(facts), file("named.keras"));

        Call toPyTorch = Call.of("convert", file("named.keras"), file("named.pth"));
        Call toHdf5 = Call.of("convert", file("named.keras"), file("named.h5"));

        assertThat(toPyTorch.err()).contains("--preprocess unit", "in order: a, b, c");
        assertThat(toHdf5.err()).isEmpty();
    }
}
