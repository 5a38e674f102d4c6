package dev.resnet4j.benchmarks.tensorflow;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * TensorFlow: the tutorial's ResNet-50 as one static graph with its kernels of oneDNN, bf16 by its own rewriting of the
 * graph to mixed precision.
 */
public final class TensorFlowEntry {
    private TensorFlowEntry() {}

    public static void main(String[] arguments) {
        Stopwatch.main(arguments, TensorFlowEntry::enter);
    }

    private static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32, NumberFormat.BF16);
        SyntheticPictures pictures = SyntheticPictures.of(turn);
        return switch (turn.task()) {
            case TRAINING -> new TensorFlowTraining(pictures, settings(turn.precision()));
            case PREDICTION -> new TensorFlowPrediction(pictures, settings(turn.precision()));
        };
    }

    /** As Intel's guide for it has them: a thread a core within an operation, and one operation at a time on one socket. */
    private static ConfigProto settings(NumberFormat precision) {
        RewriterConfig.Toggle mixed =
                precision == NumberFormat.BF16 ? RewriterConfig.Toggle.ON : RewriterConfig.Toggle.OFF;
        RewriterConfig rewriting = RewriterConfig.newBuilder()
                .setAutoMixedPrecisionOnednnBfloat16(mixed)
                .build();
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(Turn.threads())
                .setInterOpParallelismThreads(1)
                .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriting))
                .build();
    }
}
