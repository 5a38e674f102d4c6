package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Model;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.transfer.Freezing;
import dev.resnet4j.model.transfer.GradualUnfreezing;
import dev.resnet4j.model.transfer.GradualUnfreezing.Step;
import dev.resnet4j.model.transfer.LayerDecay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that start from a trained model. */
class TransferTest {
    @TempDir
    private static Path shared;

    private static Path pictures;
    private static Path otherPictures;
    private static Path trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainAModel() throws IOException {
        pictures = DrawnPictures.drawInto(shared.resolve("pictures"));
        otherPictures = DrawnPictures.drawInto(shared.resolve("other"));
        Files.move(otherPictures.resolve("dark"), otherPictures.resolve("night"));
        Path run = shared.resolve("run");
        Call call = Call.of(
                "train",
                "--data",
                pictures,
                "--model",
                "resnet20",
                "--epochs",
                1,
                "--batch-size",
                5,
                "--seed",
                7,
                "--preprocess",
                "tf",
                "--out",
                run);
        assertThat(call.exitStatus()).as(call.err()).isZero();
        trained = new RunFolder(run).model();
    }

    private Call transfer(Object... more) {
        return Call.of(
                List.of(
                        "train",
                        "--from",
                        trained,
                        "--batch-size",
                        5,
                        "--seed",
                        3,
                        "--schedule",
                        "constant",
                        "--out",
                        folder.resolve("run")),
                more);
    }

    private RunSettings settings() {
        return new RunFolder(folder.resolve("run")).readRecord().settings();
    }

    private static Weights weights(Path model) {
        try (Model loaded = Model.load(model)) {
            return loaded.weights();
        }
    }

    private Weights weights() {
        return weights(folder.resolve("run").resolve("model.keras"));
    }

    @Test
    void trainsANewHeadAloneAndSaysWhatItTookOver() {
        Call call = transfer("--data", otherPictures, "--classes", "--freeze", "all-but-head", "--epochs", 1);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out())
                .contains(
                        "95 of 97 weights are taken over from " + trained,
                        "not taken over: linear/kernel is of other classes",
                        "frozen: all-but-head",
                        "recipe finetune");
        assertThat(call.err()).contains("pixels become numbers by 'tf', as " + trained + " was trained");
        assertThat(changedLayers(weights(trained), weights())).containsExactly("linear");
        try (Model model = Model.load(folder.resolve("run").resolve("model.keras"))) {
            assertThat(model.classNames()).containsExactly("bright", "night");
            assertThat(model.preprocessing()).isEqualTo(Preprocessing.TF);
        }
    }

    private static Set<String> changedLayers(Weights before, Weights after) {
        return before.arrays().keySet().stream()
                .filter(name -> !before.arrays().get(name).equals(after.arrays().get(name)))
                .map(WeightName::layer)
                .collect(Collectors.toSet());
    }

    @Test
    void goesOnAcrossAnUnfreezingAsIfItHadNotStopped() {
        Object[] options = {
            "--data", pictures, "--freeze", "all-but-head", "--unfreeze-at", "2:1,3", "--layer-decay", 0.5
        };
        Path whole = folder.resolve("whole");
        Call atOnce = Call.of(
                List.of(
                        "train",
                        "--from",
                        trained,
                        "--batch-size",
                        5,
                        "--seed",
                        3,
                        "--schedule",
                        "constant",
                        "--epochs",
                        3,
                        "--out",
                        whole),
                options);
        Path inParts = folder.resolve("parts");
        Call begun = Call.of(
                List.of(
                        "train",
                        "--from",
                        trained,
                        "--batch-size",
                        5,
                        "--seed",
                        3,
                        "--schedule",
                        "constant",
                        "--epochs",
                        1,
                        "--out",
                        inParts),
                options);

        Call further = Call.of("train", "--resume", "--out", inParts, "--epochs", 3);

        assertThat(List.of(atOnce.exitStatus(), begun.exitStatus(), further.exitStatus()))
                .as(atOnce.err() + begun.err() + further.err())
                .containsOnly(0);
        assertThat(weights(inParts.resolve("model.keras"))).isEqualTo(weights(whole.resolve("model.keras")));
    }

    @Test
    void keepsItsSettingsInTheRunsFolder() {
        Call call = transfer(
                "--data",
                pictures,
                "--limit",
                4,
                "--epochs",
                1,
                "--classes",
                "dark, bright",
                "--freeze",
                "all-but-stages:1",
                "--unfreeze-at",
                "4:2,6",
                "--layer-decay",
                0.8,
                "--image-size",
                "40x36");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(settings().model()).isNull();
        assertThat(settings().preprocess()).isEqualTo(Preprocessing.TF);
        assertThat(settings().transfer())
                .isEqualTo(new TransferSettings(
                        trained.toAbsolutePath().toString(),
                        true,
                        List.of("dark", "bright"),
                        new GradualUnfreezing(
                                Freezing.allButStages(1),
                                List.of(new Step(4, Freezing.allButStages(2)), new Step(6, Freezing.NONE))),
                        new LayerDecay(0.8)));
        assertThat(call.out()).contains("X_train shape: (3, 40, 36, 3)");
    }

    @Test
    void refusesPicturesOfOtherClassesThanTheHeads() {
        Call call = transfer("--data", otherPictures, "--epochs", 1);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines())
                .singleElement()
                .asString()
                .contains("bright, night", "tells bright, dark", "give --classes");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void tellsTheOrderThatAKeptHeadWithoutNamesIsTakenToHave() {
        Path nameless = folder.resolve("nameless.pth");
        assertThat(Call.of("convert", trained, nameless).exitStatus()).isZero();
        List<Object> options = List.of(
                "train", "--from", nameless, "--data", otherPictures, "--limit", 4, "--epochs", 1, "--batch-size", 5);

        Call kept = Call.of(options, "--out", folder.resolve("kept"));
        Call renewed = Call.of(options, "--classes", "--out", folder.resolve("renewed"));

        assertThat(kept.exitStatus()).as(kept.err()).isZero();
        assertThat(kept.err())
                .contains(
                        nameless + " does not name its outputs",
                        "in this order: bright, night;",
                        "give --classes for a new head");
        assertThat(renewed.exitStatus()).as(renewed.err()).isZero();
        assertThat(renewed.err()).doesNotContain("does not name its outputs");
    }

    @Test
    void takesTheOrderOfAKeptHeadFromItsNames() {
        Call call = transfer("--data", pictures, "--epochs", 1);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).doesNotContain("does not name its outputs");
    }

    @Test
    void refusesMoreStagesThanTheNetworkHas() {
        Call call = transfer("--data", pictures, "--freeze", "all-but-stages:4");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("has 3 residual stages, so not all but 4");
        assertThat(new RunFolder(folder.resolve("run")).isFree())
                .as("nothing is left that would be in the way")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--freeze all-but-nothing | all-but-stages:2",
                "--unfreeze-at 0:1 | epoch 2 on at the earliest",
                "--unfreeze-at x | must be EPOCH:STAGES",
                "--unfreeze-at 4 | less must be frozen than before",
                "--layer-decay 2 | above 0 and at most 1",
                "--model resnet20 | give one of them"
            })
    void refusesValuesThatMakeNoSense(String options, String message) {
        Call call = transfer((Object[]) options.split(" "));

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err().lines()).singleElement().asString().contains(message);
    }

    @Test
    void refusesItsOptionsWithoutATrainedModel() {
        Call call = Call.of("train", "--freeze", "all-but-head", "--out", folder.resolve("run"));

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err()).contains("--freeze", "give --from MODEL, too");
    }
}
