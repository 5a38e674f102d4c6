package dev.resnet4j.benchmarks.jmh;

import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.PredictablePart;
import dev.resnet4j.engine.onednn.PredictionNumbers;
import dev.resnet4j.engine.onednn.PredictionPlan;
import dev.resnet4j.engine.onednn.PredictionWeights;
import dev.resnet4j.engine.onednn.WorkingMemory;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A plan of one 3x3 convolution of 64 channels with bias and ReLU, as the first blocks have them for pictures of 64x64. */
public class ConvolutionBenchmark extends Piece {
    private static final int CHANNELS = 64;
    private static final Shape FEATURE_MAP = Shape.of(16, 16, CHANNELS);

    /** Feature maps at a time. */
    @Param({"1", "32"})
    public int batch;

    private PredictionWeights weights;
    private WorkingMemory memory;
    private PredictionPlan plan;
    private FloatPointer input;
    private FloatPointer output;
    private Map<String, Pointer> inputs;

    /** Packs the kernel. */
    @Setup
    public void pack() {
        SymbolicTensor picture = SymbolicTensor.input(FEATURE_MAP);
        Conv2D layer = new Conv2D(CHANNELS, 3).withPadding(Padding.SAME).withActivation(ActivationFunction.RELU);
        Network network = Network.of("convolution", picture, layer.apply(picture));
        Weights numbers = Weights.initialize(network);
        PredictablePart part = PredictablePart.of(network, NumberType.FLOAT).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("oneDNN has no fast kernel for this processor"));
        weights = new PredictionWeights(
                PredictionNumbers.of(NumberType.FLOAT), name -> numbers.arrays().get(name));
        memory = new WorkingMemory();
        plan = new PredictionPlan(part, batch, weights, memory);
        input = new FloatPointer(noise(batch * FEATURE_MAP.elements()));
        output = new FloatPointer(batch * FEATURE_MAP.elements());
        inputs = Map.of(part.entries().get(0), input);
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
        plan.close();
        weights.close();
        memory.close();
        input.close();
        output.close();
    }

    /** The whole batch. */
    @Benchmark
    public void run() {
        plan.run(inputs, output);
    }
}
