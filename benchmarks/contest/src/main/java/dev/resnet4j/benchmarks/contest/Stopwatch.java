package dev.resnet4j.benchmarks.contest;

/** Times a contestant in the process that it has to itself, and tells the race on standard output. */
public final class Stopwatch {
    /** Begins the line that says how many pictures a second. */
    public static final String RESULT = "pictures_per_second ";

    /** Begins the line that says why there is no result. */
    public static final String LEFT_OUT = "left_out ";

    private Stopwatch() {}

    /**
     * Has a contestant do its turn, and ends the process.
     *
     * @param arguments those of {@link Turn#toArguments}
     */
    public static void main(String[] arguments, Entry entry) {
        Turn turn = Turn.parse(arguments);
        String line;
        try {
            line = RESULT + picturesPerSecond(turn, entry);
        } catch (LeftOutException reason) {
            line = LEFT_OUT + reason.getMessage();
        }
        System.out.println(line);
        System.out.flush();
        // Without the libraries' own ways of ending, some of which wait for threads of theirs.
        Runtime.getRuntime().halt(0);
    }

    private static double picturesPerSecond(Turn turn, Entry entry) {
        try (Contestant contestant = entry.enter(turn)) {
            steps(contestant, turn.task().warmUpSteps());
            long start = System.nanoTime();
            steps(contestant, turn.steps());
            return (double) turn.steps() * turn.batch() / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static void steps(Contestant contestant, int count) {
        for (int step = 0; step < count; step++) {
            double value = contestant.step();
            if (!Double.isFinite(value)) {
                throw new IllegalStateException("a step came to " + value + ": what is timed is no such task");
            }
        }
    }
}
