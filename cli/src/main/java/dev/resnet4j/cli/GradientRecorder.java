package dev.resnet4j.cli;

import dev.resnet4j.engine.NormListener;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.LayerDepths;
import dev.resnet4j.model.training.WeightNorms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the norms of each step of a training. */
final class GradientRecorder implements NormListener {
    private final Network network;
    private final Map<String, Integer> depths;
    private final List<GradientTrace.Entry> entries = new ArrayList<>();
    private long steps;

    /** @param network without nested networks */
    GradientRecorder(Network network) {
        this.network = network;
        this.depths = LayerDepths.of(network);
    }

    @Override
    public void onNorms(long step, List<WeightNorms> norms) {
        steps = step;
        for (WeightNorms each : norms) {
            if (each.weight().isKernel()) {
                int depth = depths.get(each.weight().layer());
                entries.add(
                        new GradientTrace.Entry(step, each.weight(), depth, each.gradientNorm(), each.weightNorm()));
            }
        }
    }

    /** How many steps were recorded. */
    long steps() {
        return steps;
    }

    GradientTrace trace() {
        return new GradientTrace(network, entries);
    }
}
