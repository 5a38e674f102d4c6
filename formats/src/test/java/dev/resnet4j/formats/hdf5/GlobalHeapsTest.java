package dev.resnet4j.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GlobalHeapsTest {
    private static final int HEAP_BYTES = 64;

    /** One heap with one text, at the beginning. */
    private static ByteBuffer heap(long size, long textLength) {
        ByteBuffer heap = ByteBuffer.allocate(HEAP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        heap.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(size);
        heap.putShort((short) 1).putShort((short) 1).putInt(0).putLong(textLength);
        heap.put("naïve text".getBytes(StandardCharsets.UTF_8));
        return heap.rewind();
    }

    private static ByteBuffer reference(long address, int number) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(11)
                .putLong(address)
                .putInt(number)
                .flip();
    }

    @Test
    void readsATextOfUtf8() {
        assertThat(new GlobalHeaps(heap(HEAP_BYTES, 11)).text(reference(0, 1))).isEqualTo("naïve text");
    }

    @Test
    void refusesTextsThatAreReadWithoutEnd() {
        GlobalHeaps heaps = new GlobalHeaps(heap(HEAP_BYTES, 11));

        assertThatThrownBy(() -> {
                    for (int reading = 0; reading < 1_000; reading++) {
                        assertThat(heaps.text(reference(0, 1))).hasSize(10);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("far larger than the file");
    }

    @Test
    void refusesWhatLiesOutside() {
        assertThatThrownBy(() -> new GlobalHeaps(heap(1L << 40, 11)).text(reference(0, 1)))
                .hasMessageContaining("does not lie inside the file");
        assertThatThrownBy(() -> new GlobalHeaps(heap(HEAP_BYTES, 50)).text(reference(0, 1)))
                .hasMessageContaining("text 1 does not fit");
        assertThatThrownBy(() -> new GlobalHeaps(heap(HEAP_BYTES, 11)).text(reference(-8, 1)))
                .hasMessageContaining("does not lie inside the file");
        assertThatThrownBy(() -> new GlobalHeaps(heap(HEAP_BYTES, 11)).text(reference(8, 1)))
                .hasMessageContaining("no heap at 8");
        assertThatThrownBy(() -> new GlobalHeaps(heap(HEAP_BYTES, 11)).text(reference(0, 2)))
                .hasMessageContaining("no text 2");
    }
}
