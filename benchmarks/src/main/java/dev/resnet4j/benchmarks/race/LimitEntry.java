package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.Turn;

/** The network's convolutions alone, in turn with the contestants: how fast this machine could be, were nothing else to do. */
final class LimitEntry {
    private LimitEntry() {}

    public static void main(String[] arguments) {
        Stopwatch.main(arguments, LimitEntry::enter);
    }

    private static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32, NumberFormat.BF16);
        return new ConvolutionsAlone(turn);
    }
}
