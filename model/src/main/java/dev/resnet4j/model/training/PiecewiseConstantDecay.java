package dev.resnet4j.model.training;

import java.util.List;

/**
 * A rate that changes at some steps and stays in between, by Keras's rule: the first rate up to and with the first
 * boundary, the last rate after the last (Keras's {@code PiecewiseConstantDecay}). PyTorch's {@code MultiStepLR} counts
 * the steps that were taken: its milestone n is the boundary n - 1 here.
 *
 * @param boundaries the last step of each rate but the last, from 0, ascending, at least one
 * @param rates one more than the boundaries, each at least 0
 */
public record PiecewiseConstantDecay(List<Long> boundaries, List<Double> rates) implements LearningRate {
    /**
     * Takes copies of the lists.
     *
     * @throws IllegalArgumentException if a number is out of range, or there are not as many as are needed
     */
    public PiecewiseConstantDecay {
        boundaries = List.copyOf(boundaries);
        rates = List.copyOf(rates);
        if (boundaries.isEmpty() || rates.size() != boundaries.size() + 1) {
            throw new IllegalArgumentException("a learning rate that changes at steps needs at least one step and one"
                    + " rate more than steps, got " + boundaries.size() + " and " + rates.size());
        }
        long before = -1;
        for (long boundary : boundaries) {
            if (boundary <= before) {
                throw new IllegalArgumentException(
                        "the steps at which a learning rate changes must be at least 0 and ascend, got " + boundaries);
            }
            before = boundary;
        }
        rates.forEach(rate -> Ranges.requireAtLeastZero("a learning rate", rate));
    }

    @Override
    public double at(long step) {
        for (int piece = 0; piece < boundaries.size(); piece++) {
            if (step <= boundaries.get(piece)) {
                return rates.get(piece);
            }
        }
        return rates.get(boundaries.size());
    }
}
