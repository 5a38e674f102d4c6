package dev.resnet4j.benchmarks.jmh;

import dev.resnet4j.engine.onednn.ConvolutionShape;
import dev.resnet4j.engine.onednn.FusedConvolution;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A 3x3 convolution of 64 channels with bias and ReLU, as the first blocks have them for pictures of 64x64. */
public class FusedConvolutionBenchmark extends Piece {
    private static final int CHANNELS = 64;
    private static final Shape FEATURE_MAP = Shape.of(16, 16, CHANNELS);
    private static final Shape KERNEL = Shape.of(3, 3, CHANNELS, CHANNELS);
    private static final Size2D ONE = Size2D.square(1);
    private static final ConvolutionShape SHAPE =
            new ConvolutionShape(FEATURE_MAP, FEATURE_MAP, Size2D.square(3), ONE, ONE, 1, 1, 1);

    /** Feature maps at a time. */
    @Param({"1", "32"})
    public int batch;

    private FusedConvolution convolution;
    private FloatPointer input;
    private FloatPointer output;

    /** Packs the kernel. */
    @Setup
    public void pack() {
        NdArray kernel = new NdArray(KERNEL, noise(KERNEL.elements()));
        convolution = FusedConvolution.of(SHAPE, kernel, new float[CHANNELS], NumberType.FLOAT, false, true)
                .orElseThrow(() -> new IllegalStateException("oneDNN has no fast kernel for this processor"));
        input = new FloatPointer(noise(batch * FEATURE_MAP.elements()));
        output = new FloatPointer(batch * FEATURE_MAP.elements());
    }

    private static float[] noise(long length) {
        Random random = new Random(1);
        float[] values = new float[Math.toIntExact(length)];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Frees the native memory. */
    @TearDown
    public void free() {
        convolution.close();
        input.close();
        output.close();
    }

    /** The whole batch. */
    @Benchmark
    public void run() {
        convolution.run(batch, input, Optional.empty(), output);
    }
}
