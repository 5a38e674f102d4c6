package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Turn;

/**
 * A race of resnet4j and the limit in one size.
 *
 * @param turn what was asked of both
 * @param result what came of it; both are in it
 */
record GrowthPoint(Turn turn, RaceResult result) {
    private static final double GIGA = 1e9;

    PictureBatch place() {
        return new PictureBatch(turn.batch(), turn.side());
    }

    Figures picturesPerSecond(Entrant entrant) {
        return result.speed(entrant);
    }

    /** GFLOP/s: billions of the convolutions' operations in a second, the median of the rounds. */
    double gigaflops(Entrant entrant) {
        return turn.operations() * result.speed(entrant).median() / GIGA;
    }

    Figures shareOfLimit() {
        return result.ratio(Entrant.RESNET4J, Entrant.LIMIT);
    }
}
