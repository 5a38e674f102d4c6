package dev.resnet4j.benchmarks.limit;

import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.IntPointer;

/** Small random numbers: a processor takes less power for zeros, and more time for numbers that are next to nothing. */
final class Noise {
    private static final int[] BLOCK = block(1 << 16);

    private Noise() {}

    /** Filled, whatever its order is. */
    static memory memory(memory.desc order) {
        memory filled = new memory(order, OneDnn.processor());
        IntPointer words = new IntPointer(filled.get_data_handle());
        long count = order.get_size() / Integer.BYTES;
        for (long start = 0; start < count; start += BLOCK.length) {
            words.position(start).put(BLOCK, 0, (int) Math.min(BLOCK.length, count - start));
        }
        return filled;
    }

    /** Words that are a number in 32 bits, and two numbers in bfloat16. */
    private static int[] block(int length) {
        Random random = new Random(1);
        return IntStream.range(0, length)
                .map(index -> upperHalf(random) | upperHalf(random) >>> Short.SIZE)
                .toArray();
    }

    /** Of a number from -1 to 1. */
    private static int upperHalf(Random random) {
        return Float.floatToIntBits(2 * random.nextFloat() - 1) & 0xFFFF0000;
    }
}
