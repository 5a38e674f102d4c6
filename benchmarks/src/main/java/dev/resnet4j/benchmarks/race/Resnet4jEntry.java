package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;

/** resnet4j: the tutorial's ResNet-50. */
final class Resnet4jEntry {
    private Resnet4jEntry() {}

    public static void main(String[] arguments) {
        Stopwatch.main(arguments, Resnet4jEntry::enter);
    }

    static Contestant enter(Turn turn) {
        Precision precision = EnginePrecision.of(turn);
        SyntheticPictures pictures = SyntheticPictures.of(turn);
        return switch (turn.task()) {
            case TRAINING -> {
                turn.requirePrecision(NumberFormat.FP32, NumberFormat.BF16);
                yield new Resnet4jTraining(pictures, precision);
            }
            case PREDICTION -> new Resnet4jPrediction(pictures, precision);
        };
    }

    static Network network(int side) {
        return ResNet50.build(Shape.of(side, side, SyntheticPictures.CHANNELS), Turn.CLASSES, 0);
    }

    static NdArray array(SyntheticPictures batch) {
        return new NdArray(
                Shape.of(batch.batch(), batch.side(), batch.side(), SyntheticPictures.CHANNELS), batch.pixels());
    }
}
