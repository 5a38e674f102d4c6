package dev.resnet4j.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.LeftOutException;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime on the file that resnet4j wrote, with channels first, which its kernels want: all optimisations, one
 * operator at a time, a thread a core, as its page on threads has it.
 */
public final class OnnxRuntimePrediction implements Contestant {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final FloatBuffer pixels;
    private final long[] shape;

    private OnnxRuntimePrediction(Turn turn) {
        SyntheticPictures batch = SyntheticPictures.of(turn);
        float[] values = batch.channelsFirst();
        pixels = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(values)
                .flip();
        shape = new long[] {batch.batch(), SyntheticPictures.CHANNELS, batch.side(), batch.side()};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(Turn.threads());
            options.setSymbolicDimensionValue("batch", turn.batch());
            session = environment.createSession(turn.model(), options);
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static void main(String[] arguments) {
        Stopwatch.main(arguments, OnnxRuntimePrediction::enter);
    }

    private static Contestant enter(Turn turn) {
        if (turn.task() != Task.PREDICTION) {
            throw new LeftOutException("it predicts only");
        }
        // Its file is in 32 bits: beside int8, which needs another file, it shows what that is worth.
        turn.requirePrecision(NumberFormat.FP32, NumberFormat.INT8);
        return new OnnxRuntimePrediction(turn);
    }

    @Override
    public double step() {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels, shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
