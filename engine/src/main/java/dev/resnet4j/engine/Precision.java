package dev.resnet4j.engine;

import java.util.Locale;

/** The numbers in which a network's convolutions are worked out. */
public enum Precision {
    /** 32-bit floating point throughout. */
    FP32,
    /**
     * Mixed: convolutions and feature maps in bfloat16; weights, their gradients, normalisation's statistics, the loss
     * and the optimizer in 32 bits.
     */
    BF16,
    /**
     * For use alone: convolutions in bytes, calibrated with some pictures ({@link Model#calibrate}); what is best left, such
     * as the first convolution, in bfloat16 where the processor can, else in 32 bits.
     */
    INT8;

    /** The word of the command line: {@code fp32}, {@code bf16}, {@code int8}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
