package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResNet4jCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "predict", "summary", "blocks", "generate-completion"})
    void explainsEachCommandWithinEightyColumns(String command) {
        Call call = Call.of(command, "--help");

        assertThat(call.exitStatus()).isZero();
        assertThat(call.out()).contains("Usage: resnet4j " + command);
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void explainsItselfWithExamples() {
        Call call = Call.of("--help");

        assertThat(call.exitStatus()).isZero();
        assertThat(call.out()).contains("Examples:", "train", "evaluate", "predict", "summary", "blocks");
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void tellsItsVersion() {
        Call call = Call.of("--version");

        assertThat(call.exitStatus()).isZero();
        assertThat(call.out()).startsWith("resnet4j ").contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void printsACompletionScript() {
        Call call = Call.of("generate-completion");

        assertThat(call.exitStatus()).isZero();
        assertThat(call.out()).contains("_complete_resnet4j", "--batch-statistics");
    }

    @Test
    void callsNoCommandWrong() {
        Call call = Call.of();

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("Usage: resnet4j");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertWrong("did you mean train?", "trian");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertWrong("there is no option '--epoch'; did you mean --epochs?", "train", "--epoch=3");
    }

    @Test
    void namesTheWordsThatAnOptionTakes() {
        assertWrong("must be fp32 or bf16, but was 'fp16'", "train", "--precision", "fp16");
        assertWrong("must be fp32 or bf16, but was 'int8'", "train", "--precision", "int8");
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertWrong("'--epochs': must be a whole number of at least 1, but was '0'", "train", "--epochs", 0);
        assertWrong("must be above 0, but was -1.0", "train", "--learning-rate", -1);
        assertWrong("must be a height and a width, such as 64x64, but was '64'", "train", "--image-size", 64);
        assertWrong("must be a height, a width and channels", "summary", "resnet50", "--input-shape", "64x64");
    }

    @Test
    void asksForWhatIsMissing() {
        assertWrong("--data", "evaluate", "model.keras");
        assertWrong("IMAGE", "predict", "model.keras");
        assertWrong("--resume needs --out", "train", "--resume");
    }

    @Test
    void printsAStackTraceOnlyWhenAskedTo() {
        Object[] call = {"summary", "nothing.keras"};
        Object[] verbose = {"summary", "nothing.keras", "--verbose"};

        assertThat(Call.of(call).err().lines()).hasSize(1);
        assertThat(Call.of(verbose).err()).contains("\tat dev.resnet4j.cli");
    }

    private static void assertWrong(String message, Object... arguments) {
        Call call = Call.of(arguments);

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines())
                .singleElement()
                .asString()
                .startsWith("resnet4j: ")
                .contains(message);
    }
}
