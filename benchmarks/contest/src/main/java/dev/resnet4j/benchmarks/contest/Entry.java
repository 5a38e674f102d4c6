package dev.resnet4j.benchmarks.contest;

/** How a contestant is made ready for its turn. */
@FunctionalInterface
public interface Entry {
    /**
     * A contestant that is ready for its first step.
     *
     * @throws LeftOutException if it cannot do what is asked
     */
    Contestant enter(Turn turn);
}
