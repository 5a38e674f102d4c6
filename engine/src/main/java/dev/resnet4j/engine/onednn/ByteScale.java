package dev.resnet4j.engine.onednn;

import org.bytedeco.dnnl.memory;

/**
 * How numbers are bytes: each is a whole multiple of a step.
 *
 * @param signed whether from -128 to 127, else from 0 to 255
 * @param step above 0
 */
record ByteScale(boolean signed, float step) {
    static final int LARGEST_SIGNED = 127;
    private static final int LARGEST_UNSIGNED = 255;

    /** The finest that holds a range. Where nothing is below 0, as behind a ReLU, no sign is needed. */
    static ByteScale of(ValueRange range) {
        boolean signed = range.smallest() < 0;
        return signed
                ? new ByteScale(true, step(Math.max(-range.smallest(), range.largest()), LARGEST_SIGNED))
                : new ByteScale(false, step(range.largest(), LARGEST_UNSIGNED));
    }

    /** Where all numbers are 0, any step will do. */
    static float step(float largest, int largestByte) {
        return largest == 0 ? 1 : largest / largestByte;
    }

    memory.data_type dataType() {
        return signed ? memory.data_type.s8 : memory.data_type.u8;
    }
}
