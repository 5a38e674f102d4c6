package dev.resnet4j.model.training;

/**
 * One cycle over the whole training: half a cosine up from a low rate to the highest, and half a cosine down to a much
 * lower one (Smith 2018, "A disciplined approach to neural network hyper-parameters"), step by step as PyTorch's
 * {@code OneCycleLR} with {@code anneal_strategy="cos"}. The momentum stays as it is, which PyTorch's does with
 * {@code cycle_momentum=False}. After the last step the rate stays.
 *
 * @param initialRate of the first step; PyTorch's usual is a 25th of the highest
 * @param highestRate in between
 * @param finalRate of the last step; PyTorch's usual is the initial rate's ten thousandth
 * @param steps of the training, at least 1
 * @param growingShare the share of the steps in which the rate grows, in [0, 1]; PyTorch's usual is 0.3
 */
public record OneCycle(double initialRate, double highestRate, double finalRate, long steps, double growingShare)
        implements LearningRate {
    /** @throws IllegalArgumentException if a number is out of range */
    public OneCycle {
        Ranges.requireAtLeastZero("a cycle's initial rate", initialRate);
        Ranges.requireAtLeastZero("a cycle's highest rate", highestRate);
        Ranges.requireAtLeastZero("a cycle's final rate", finalRate);
        if (steps < 1 || !(growingShare >= 0 && growingShare <= 1)) {
            throw new IllegalArgumentException("a cycle needs at least one step and a growing share between 0 and 1,"
                    + " got " + steps + " and " + growingShare);
        }
    }

    @Override
    public double at(long step) {
        // As in PyTorch, the highest rate may lie between two steps, and before the first where the share is small.
        double highestPlace = growingShare * steps - 1;
        double lastPlace = steps - 1.0;
        double place = Math.min((double) step, lastPlace);
        if (highestPlace > 0 && place <= highestPlace) {
            return between(initialRate, highestRate, place / highestPlace);
        }
        return lastPlace > highestPlace
                ? between(highestRate, finalRate, (place - highestPlace) / (lastPlace - highestPlace))
                : highestRate;
    }

    private static double between(double start, double end, double share) {
        return end + (start - end) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
