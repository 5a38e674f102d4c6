package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trainable weights that one and the same rule changes.
 *
 * @param places of the weights among all trainable ones
 * @param rateFactor what their learning rate is multiplied with
 * @param weightDecay of these weights
 * @param lateStart how many steps had been taken when they began to be trained
 */
record ParameterGroup(List<Integer> places, double rateFactor, double weightDecay, long lateStart) {
    private record Rule(double rateFactor, double weightDecay, long lateStart) {}

    /**
     * As few groups as there are different rules.
     *
     * @param lateStarts as in {@link dev.resnet4j.model.training.OptimizerState}
     */
    static List<ParameterGroup> of(NativeWeights weights, Compilation compilation, Map<WeightName, Long> lateStarts) {
        double decay = compilation.optimizer().weightDecay();
        Map<Rule, List<Integer>> places = new LinkedHashMap<>();
        weights.trainable().keySet().forEach(name -> {
            Rule rule = new Rule(
                    compilation.rateFactor(name),
                    Optimizer.decays(weights.shape(name)) ? decay : 0,
                    lateStarts.getOrDefault(name, 0L));
            places.computeIfAbsent(rule, ignored -> new ArrayList<>()).add(count(places));
        });
        return places.entrySet().stream()
                .map(group -> new ParameterGroup(
                        List.copyOf(group.getValue()),
                        group.getKey().rateFactor(),
                        group.getKey().weightDecay(),
                        group.getKey().lateStart()))
                .toList();
    }

    private static int count(Map<Rule, List<Integer>> places) {
        return places.values().stream().mapToInt(List::size).sum();
    }

    /** What of a list over all trainable weights belongs to these. */
    <T> List<T> of(List<T> all) {
        return places.stream().map(all::get).toList();
    }
}
