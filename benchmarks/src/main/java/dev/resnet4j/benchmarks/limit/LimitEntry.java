package dev.resnet4j.benchmarks.limit;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.Turn;

/** The network's convolutions alone, in turn with the contestants: how fast this machine could be, were nothing else to do. */
public final class LimitEntry {
    private LimitEntry() {}

    /** Takes the words of a {@link Turn}. */
    public static void main(String[] arguments) {
        Stopwatch.main(arguments, LimitEntry::enter);
    }

    private static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32, NumberFormat.BF16);
        return new ConvolutionsAlone(turn);
    }
}
