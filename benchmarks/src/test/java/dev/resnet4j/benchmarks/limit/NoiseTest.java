package dev.resnet4j.benchmarks.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final int COUNT = 100_000;

    @Test
    void isSmallNumbersInEitherFormat() {
        try (memory floats = Noise.memory(row(memory.data_type.f32));
                memory halves = Noise.memory(row(memory.data_type.bf16))) {
            FloatPointer wide = new FloatPointer(floats.get_data_handle());
            ShortPointer narrow = new ShortPointer(halves.get_data_handle());
            for (int index = 0; index < COUNT; index++) {
                assertThat(Math.abs(wide.get(index))).isBetween(1e-9f, 1.01f);
                assertThat(Math.abs(Float.intBitsToFloat(narrow.get(index) << Short.SIZE)))
                        .isBetween(1e-9f, 1.01f);
            }
        }
    }

    private static memory.desc row(memory.data_type numbers) {
        return new memory.desc(new long[] {COUNT}, numbers, memory.format_tag.a);
    }
}
