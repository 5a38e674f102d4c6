package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTextTest {
    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void tellsTheFirstFewOfManyNames() {
        assertThat(NamesText.firstOf(List.of("bright", "dark"))).isEqualTo("bright, dark");
        assertThat(NamesText.firstOf(names(12))).endsWith("10, 11");
        assertThat(NamesText.firstOf(names(1000))).endsWith("10, 11 and 988 more");
    }
}
