package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;

/** The bare loop of libtorch. */
final class LibtorchEntry {
    private LibtorchEntry() {}

    public static void main(String[] arguments) {
        Stopwatch.main(arguments, LibtorchEntry::enter);
    }

    static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32, NumberFormat.BF16);
        SyntheticPictures pictures = SyntheticPictures.of(turn);
        return switch (turn.task()) {
            case TRAINING -> new EagerLibtorchTraining(pictures, turn.precision());
            case PREDICTION -> new EagerLibtorchPrediction(pictures, turn.precision());
        };
    }
}
