package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Races of resnet4j and the limit, one in each size.
 *
 * @param race its entrants are those two
 * @param task what is raced in
 * @param precision of the convolutions
 * @param rounds of each race
 * @param seconds what a turn of resnet4j is to take, about, behind its first steps
 */
record Growth(Race race, Task task, NumberFormat precision, int rounds, double seconds) {
    /** Of a slow machine, until the first race says better. */
    private static final double FIRST_GUESS_OF_OPERATIONS_PER_SECOND = 50e9;

    private static final int FEWEST_STEPS = 2;

    /** Without the sizes that an entrant failed in. */
    List<GrowthPoint> run(List<PictureBatch> sizes) throws IOException, InterruptedException {
        List<GrowthPoint> points = new ArrayList<>();
        double operationsPerSecond = FIRST_GUESS_OF_OPERATIONS_PER_SECOND;
        for (PictureBatch size : sizes) {
            Turn turn = turn(size, operationsPerSecond);
            race.out()
                    .printf(
                            "%n%dx%d, batch %d, %d steps a turn%n",
                            size.side(), size.side(), size.batch(), turn.steps());
            RaceResult result = race.run(turn, rounds);
            if (result.has(Entrant.RESNET4J) && result.has(Entrant.LIMIT)) {
                points.add(new GrowthPoint(turn, result));
                operationsPerSecond =
                        turn.operations() * result.speed(Entrant.RESNET4J).median();
            }
        }
        return points;
    }

    /** With as many steps as take their time at this speed. */
    private Turn turn(PictureBatch size, double operationsPerSecond) {
        Turn oneStep = new Turn(task, precision, size.batch(), size.side(), 1, "");
        double steps = seconds * operationsPerSecond / (oneStep.operations() * size.batch());
        return oneStep.withSteps(Math.max(FEWEST_STEPS, (int) Math.round(steps)));
    }
}
