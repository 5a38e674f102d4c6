package dev.resnet4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the runs of several seeds came to, for {@code --json} and {@code seeds.json}.
 *
 * @param out the folder with a folder of each run
 * @param runs in the order of their seeds
 * @param accuracy on the test pictures, over the runs
 * @param loss on the test pictures, over the runs
 */
record SeedsResult(String out, List<Run> runs, Spread accuracy, Spread loss) {
    static SeedsResult of(SeedsFolder folder, List<TrainingResult> results) {
        List<Run> runs = results.stream().map(Run::of).toList();
        return new SeedsResult(
                folder.path().toString(), runs, Spread.of(runs, Run::accuracy), Spread.of(runs, Run::loss));
    }

    /**
     * One run.
     *
     * @param seed of the run
     * @param out its folder
     * @param epochs how many it trained
     * @param seconds how long they took
     * @param loss on the test pictures
     * @param accuracy on the test pictures, in [0, 1]
     */
    record Run(long seed, String out, int epochs, double seconds, double loss, double accuracy) {
        private static Run of(TrainingResult result) {
            return new Run(
                    result.seed(), result.out(), result.epochs(), result.seconds(), result.loss(), result.accuracy());
        }
    }

    /**
     * How a figure spreads over the runs.
     *
     * @param mean the arithmetic mean
     * @param median the middle one, or the mean of the two in the middle
     * @param minimum the smallest
     * @param maximum the largest
     * @param standardDeviation of the sample (divided by one less than the number of runs); 0 of a single run
     */
    record Spread(double mean, double median, double minimum, double maximum, double standardDeviation) {
        private static Spread of(List<Run> runs, ToDoubleFunction<Run> figure) {
            return of(runs.stream().mapToDouble(figure).toArray());
        }

        /** @param figures at least one */
        static Spread of(double... figures) {
            double[] sorted = figures.clone();
            Arrays.sort(sorted);
            double mean = Arrays.stream(sorted).average().orElseThrow();
            double squares = Arrays.stream(sorted)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            int count = sorted.length;
            return new Spread(
                    mean,
                    (sorted[(count - 1) / 2] + sorted[count / 2]) / 2,
                    sorted[0],
                    sorted[count - 1],
                    count == 1 ? 0 : Math.sqrt(squares / (count - 1)));
        }
    }
}
