package dev.resnet4j.benchmarks.limit;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of ResNet-50 by oneDNN's kernels, each once a step on memory that is there already: forward, and in
 * training the gradients of kernels and inputs too, but for the pictures', which nobody needs.
 */
final class ConvolutionsAlone implements Contestant {
    private final FeatureMaps maps = new FeatureMaps();
    private final List<Call> calls = new ArrayList<>();

    ConvolutionsAlone(Turn turn) {
        Candidates candidates = new Candidates(turn, maps);
        List<ConvolutionShape> shapes = ConvolutionShape.ofResNet50(turn.side());
        shapes.forEach(shape -> calls.add(candidates.fastest(shape, Direction.FORWARD)));
        if (turn.task() == Task.TRAINING) {
            for (int index = shapes.size() - 1; index >= 0; index--) {
                calls.add(candidates.fastest(shapes.get(index), Direction.KERNEL_GRADIENT));
                if (index > 0) {
                    calls.add(candidates.fastest(shapes.get(index), Direction.INPUT_GRADIENT));
                }
            }
        }
    }

    @Override
    public double step() {
        calls.forEach(Call::run);
        return 0;
    }

    @Override
    public void close() {
        calls.forEach(Call::close);
        maps.close();
    }
}
