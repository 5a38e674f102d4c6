package dev.resnet4j.cli;

/**
 * How often a checkpoint is written: after so many steps, or after so many minutes, whichever comes first; at each epoch's
 * end where neither is given.
 *
 * @param steps of the optimizer, at least 1, or null
 * @param minutes above 0, or null
 */
record CheckpointInterval(Integer steps, Double minutes) {
    /** At each epoch's end. */
    static final CheckpointInterval EPOCH = new CheckpointInterval(null, null);

    private static final double SECONDS_A_MINUTE = 60;

    /** @throws IllegalArgumentException if a number is out of range */
    CheckpointInterval {
        if (steps != null && steps < 1) {
            throw new IllegalArgumentException("checkpoints must be at least 1 step apart, but were " + steps);
        }
        if (minutes != null && !(minutes > 0)) {
            throw new IllegalArgumentException("the minutes between checkpoints must be above 0, but were " + minutes);
        }
    }

    /**
     * Whether it is time for one.
     *
     * @param stepsSince the last one
     * @param secondsSince the last one
     * @param atEpochEnd whether an epoch has just ended
     */
    boolean isDue(int stepsSince, double secondsSince, boolean atEpochEnd) {
        if (equals(EPOCH)) {
            return atEpochEnd;
        }
        return (steps != null && stepsSince >= steps)
                || (minutes != null && secondsSince >= minutes * SECONDS_A_MINUTE);
    }
}
