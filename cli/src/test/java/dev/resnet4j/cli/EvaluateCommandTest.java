package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.onednn.OneDnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @Test
    void judgesEveryPictureThatCanBeRead() throws IOException {
        Call call = Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", TrainedRun.PICTURES, "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("Loss = ", "Test Accuracy = ");
        assertThat(call.json().get("test_examples").asInt()).isEqualTo(2 * DrawnPictures.PER_CLASS);
        assertThat(call.err()).contains("broken.png");
    }

    @Test
    void takesTheFirstPicturesAndOtherPreprocessing() throws IOException {
        Call unit =
                Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", TrainedRun.PICTURES, "--limit", 3, "--json");
        Call caffe = Call.of(
                "evaluate",
                TrainedRun.FOLDER.model(),
                "--data",
                TrainedRun.PICTURES,
                "--limit",
                3,
                "--json",
                "--preprocess",
                "caffe");

        assertThat(unit.json().get("test_examples").asInt()).isEqualTo(3);
        assertThat(caffe.json().get("loss").asDouble())
                .isNotEqualTo(unit.json().get("loss").asDouble());
    }

    @Test
    void judgesInBytesBesideThirtyTwoBits() throws IOException {
        assumeTrue(OneDnn.convolvesBytes(), "this processor has no fast convolutions of bytes");

        Call call = Call.of(
                "evaluate",
                TrainedRun.FOLDER.model(),
                "--data",
                TrainedRun.PICTURES,
                "--precision",
                "int8",
                "--calibrate",
                TrainedRun.PICTURES,
                "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("Test Accuracy = ", "Test Accuracy in fp32 = ");
        assertThat(call.json().get("accuracy").asDouble())
                .isEqualTo(call.json().get("accuracy_in_fp32").asDouble());
    }

    @Test
    void wantsPicturesToCalibrateWithForBytesAlone() {
        Call without =
                Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", TrainedRun.PICTURES, "--precision", "int8");
        Call needless =
                Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", TrainedRun.PICTURES, "--calibrate", "signs");

        assertThat(without.exitStatus()).isEqualTo(2);
        assertThat(without.err()).contains("give --calibrate D");
        assertThat(needless.exitStatus()).isEqualTo(2);
        assertThat(needless.err()).contains("--precision int8");
    }

    @Test
    void refusesClassesThatTheModelDoesNotKnow() {
        Call call = Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", "signs");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("class");
    }

    @Test
    void saysWhatToGiveInsteadOfAFolder() {
        Call call = Call.of("evaluate", TrainedRun.FOLDER.path(), "--data", "signs");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("is a folder", "give " + TrainedRun.FOLDER.model());
    }

    @Test
    void refusesAFileThatIsNoModel(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("model.keras"), "hello");

        Call call = Call.of("evaluate", file, "--data", "signs");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains(file.toString());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Call call = Call.of("evaluate", "nothing.keras", "--data", "signs");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("there is no model nothing.keras");
    }
}
