package dev.resnet4j.benchmarks.limit;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolutionsAloneTest {
    @ParameterizedTest
    @EnumSource
    void takesSteps(Task task) {
        try (ConvolutionsAlone convolutions = new ConvolutionsAlone(new Turn(task, NumberFormat.FP32, 2, 32, 1, ""))) {
            assertThatCode(convolutions::step).doesNotThrowAnyException();
        }
    }
}
