package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.Turn;

/** A process that takes one training step and says so. */
final class FirstStep {
    private FirstStep() {}

    public static void main(String[] arguments) {
        try (Contestant training = Resnet4jEntry.enter(Turn.parse(arguments))) {
            System.out.println(training.step());
        }
    }
}
