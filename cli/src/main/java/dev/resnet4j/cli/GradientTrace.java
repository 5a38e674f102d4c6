package dev.resnet4j.cli;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How long the gradients of a network's kernels were in the steps of its training.
 *
 * @param network what was trained
 * @param entries by step, and within one in the network's order
 */
record GradientTrace(Network network, List<Entry> entries) {
    /** What stands for a gradient of no length, and for one that is not finite, on a logarithmic axis. */
    static final double SMALLEST = 1e-20;

    static final double LARGEST = 1e20;

    GradientTrace {
        entries = List.copyOf(entries);
    }

    /**
     * One kernel in one step.
     *
     * @param step counted from 1
     * @param weight the kernel
     * @param depth of its layer, counted from 1 at the input
     * @param gradientNorm the L2 norm of the gradient
     * @param weightNorm the L2 norm of the kernel before the step
     */
    record Entry(long step, WeightName weight, int depth, double gradientNorm, double weightNorm) {
        /** The gradient's norm where a logarithm can be taken of it. */
        double drawnNorm() {
            return Double.isFinite(gradientNorm) ? Math.max(SMALLEST, Math.min(LARGEST, gradientNorm)) : LARGEST;
        }
    }

    /** The last step. */
    long steps() {
        return entries.get(entries.size() - 1).step();
    }

    /** One kernel over the steps. */
    List<Entry> of(WeightName weight) {
        return entries.stream().filter(entry -> entry.weight().equals(weight)).toList();
    }

    /** The kernels from the input to the output. */
    List<Entry> kernels() {
        return entries.stream().filter(entry -> entry.step() == 1).toList();
    }

    /** The first step of {@link #atTheEnd}: a fifth of the steps is the end. */
    long firstStepOfEnd() {
        return steps() - (steps() - 1) / 5;
    }

    /** A kernel's gradient norm in the first step. */
    double atTheStart(WeightName weight) {
        return mean(weight, entry -> entry.step() == 1);
    }

    /** A kernel's mean gradient norm over the last fifth of the steps. */
    double atTheEnd(WeightName weight) {
        return mean(weight, entry -> entry.step() >= firstStepOfEnd());
    }

    /** The geometric mean: norms differ by orders of magnitude. */
    private double mean(WeightName weight, Predicate<Entry> steps) {
        return Math.exp(of(weight).stream()
                .filter(steps)
                .mapToDouble(entry -> Math.log(entry.drawnNorm()))
                .average()
                .orElseThrow());
    }

    /** Some kernels from the first to the last, evenly chosen. */
    List<Entry> choice(int count) {
        List<Entry> kernels = kernels();
        int chosen = Math.min(count, kernels.size());
        return IntStream.range(0, chosen)
                .mapToObj(index -> kernels.get(
                        chosen == 1 ? 0 : (int) Math.round((double) index * (kernels.size() - 1) / (chosen - 1))))
                .toList();
    }
}
