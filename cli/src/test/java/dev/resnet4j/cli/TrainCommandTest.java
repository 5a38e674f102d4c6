package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    private Path folder;

    @Test
    void printsTheTutorialsLines() {
        assertThat(TrainedRun.CALL.out().lines())
                .startsWith(
                        "number of training examples = 10",
                        "number of test examples = 2",
                        "X_train shape: (10, 32, 32, 3)",
                        "Y_train shape: (10, 2)",
                        "X_test shape: (2, 32, 32, 3)",
                        "Y_test shape: (2, 2)")
                .anyMatch(line -> line.matches(
                        "Epoch 1/1 - \\w+ - loss: \\S+ - accuracy: \\S+ - val_loss: \\S+" + " - val_accuracy: \\S+"))
                .anyMatch(line -> line.matches("Loss = \\d+\\.\\d+(E-\\d+)?"))
                .anyMatch(line -> line.matches("Test Accuracy = [01]\\.\\d+"));
    }

    @Test
    void namesPicturesThatItLeavesOut() {
        assertThat(TrainedRun.CALL.err()).contains("broken.png");
    }

    @Test
    void endsWithItsResultsAsJson() throws IOException {
        JsonNode result = TrainedRun.CALL.json();

        assertThat(result.get("seed").asLong()).isEqualTo(7);
        assertThat(result.get("epochs").asInt()).isEqualTo(1);
        assertThat(result.get("test_examples").asInt()).isEqualTo(2);
        assertThat(result.get("accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(result.get("history").get(0).get("val_loss").asDouble())
                .isEqualTo(result.get("loss").asDouble());
        assertThat(Path.of(result.get("model").asText())).exists();
    }

    @Test
    void leavesHistoryCurvesAndSettingsInItsFolder() throws IOException {
        List<String> history = Files.readAllLines(TrainedRun.FOLDER.history());
        assertThat(history).hasSize(2);
        assertThat(history.get(0)).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds");
        assertThat(history.get(1)).matches("1(,[0-9.E-]+){6}");

        JsonNode epoch = RecordJson.MAPPER
                .readTree(TrainedRun.FOLDER.historyJson().toFile())
                .get("epochs")
                .get(0);
        assertThat(epoch).isEqualTo(TrainedRun.CALL.json().get("history").get(0));

        assertThat(ImageIO.read(TrainedRun.FOLDER.curves().toFile()).getWidth()).isEqualTo(1280);

        RunRecord record = TrainedRun.FOLDER.readRecord();
        assertThat(record.settings().seed()).isEqualTo(7);
        assertThat(record.settings().recipe().batchSize()).isEqualTo(5);
        assertThat(Path.of(record.settings().data())).isAbsolute();
        assertThat(record.calls()).singleElement().satisfies(call -> {
            assertThat(call.classNames()).containsExactly("bright", "dark");
            assertThat(call.commandLine()).startsWith("train", "--data");
        });
    }

    @Test
    void goesOnWithARunWhereItStopped() throws IOException {
        copyTheTrainedRun();

        Call call = Call.of("train", "--resume", "--out", folder, "--epochs", 2);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("seed 7", "Epoch 2/2").doesNotContain("Epoch 1/2");
        List<String> history = Files.readAllLines(folder.resolve("history.csv"));
        assertThat(history)
                .hasSize(3)
                .contains(Files.readAllLines(TrainedRun.FOLDER.history()).get(1));
        assertThat(new RunFolder(folder).readRecord().calls()).hasSize(2);
    }

    @Test
    void onlyEvaluatesARunThatIsDone() throws IOException {
        copyTheTrainedRun();

        Call call = Call.of("train", "--resume", "--out", folder);

        assertThat(call.exitStatus()).isZero();
        assertThat(call.err()).contains("the one epoch is done");
        assertThat(call.out())
                .contains(TrainedRun.CALL
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("Loss ="))
                        .findFirst()
                        .orElseThrow());
    }

    private void copyTheTrainedRun() throws IOException {
        Files.copy(TrainedRun.FOLDER.settings(), folder.resolve("settings.json"));
        Path checkpoints = Files.createDirectories(new RunFolder(folder).checkpoints());
        try (Stream<Path> files = Files.list(TrainedRun.FOLDER.checkpoints())) {
            for (Path file : files.toList()) {
                Files.copy(file, checkpoints.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void refusesOtherSettingsForARunThatGoesOn() {
        Call call = Call.of("train", "--resume", "--out", TrainedRun.FOLDER.path(), "--batch-size", 3);

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err().lines())
                .singleElement()
                .asString()
                .contains("--batch-size cannot be given with --resume");
    }

    @Test
    void refusesAFolderThatIsInUse() throws IOException {
        Files.writeString(folder.resolve("precious.txt"), "mine");

        Call call = Call.of("train", "--out", folder);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains(folder.toString(), "another --out");
        assertThat(folder.resolve("precious.txt")).hasContent("mine");
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        Call call = Call.of("train", "--data", TrainedRun.PICTURES, "--out", file.resolve("run"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines().reduce((before, last) -> last))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("cannot be made", file.toString(), "another --out"));
    }

    @Test
    void refusesToGoOnWithoutARun() {
        Call call = Call.of("train", "--resume", "--out", folder);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("there is no run to go on with in " + folder);
    }

    @Test
    void refusesDamagedSettings() throws IOException {
        Files.writeString(folder.resolve("settings.json"), "{\"settings\": {\"model\": \"alexnet\"}}");

        Call call = Call.of("train", "--resume", "--out", folder);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("settings.json is damaged", "alexnet");
    }

    @Test
    void refusesDataThatIsNotThere() {
        Call call = Call.of("train", "--data", folder.resolve("nothing"), "--out", folder.resolve("run"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines())
                .singleElement()
                .asString()
                .contains(folder.resolve("nothing").toString());
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void failsWhereAPictureCannotBeDecodedAndThatIsToMatter() {
        Call call = Call.of("train", "--data", TrainedRun.PICTURES, "--strict", "--out", folder.resolve("run"));

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("broken.png");
    }

    @Test
    void stopsWhereTheLossIsNoLongerANumber() {
        Path run = folder.resolve("run");
        Call call = Call.of(
                "train",
                "--recipe",
                "tutorial",
                "--data",
                TrainedRun.PICTURES,
                "--limit",
                8,
                "--batch-size",
                2,
                "--learning-rate",
                1e30,
                "--out",
                run);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines().reduce((before, last) -> last))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("the loss became", "lower learning rate", "no checkpoint was written"));
        assertThat(run.resolve("model.keras")).doesNotExist();
        assertThatCode(() -> new RunFolder(run).requireFree()).doesNotThrowAnyException();
    }
}
