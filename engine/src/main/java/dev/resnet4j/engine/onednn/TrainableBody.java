package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a network that a {@link TrainingPlan} can hold: from the first layer that learns as far as there are only
 * convolutions, batch normalisations, ReLUs, poolings and sums, and one feature map goes in and one comes out.
 *
 * @param entry the name of the node whose output goes in
 * @param entryShape (height, width, channels)
 * @param exit the name of the node whose output comes out
 * @param exitShape (height, width, channels)
 * @param nodes the names of the nodes that it holds
 * @param layers in order
 */
public record TrainableBody(
        String entry, Shape entryShape, String exit, Shape exitShape, Set<String> nodes, List<PlannedLayer> layers) {
    /**
     * The largest one of a network; empty where there is none with a convolution.
     *
     * @param network without nested networks
     */
    public static Optional<TrainableBody> of(Network network) {
        LayerFusion fusion = new LayerFusion(network);
        List<Node> nodes = network.nodes();
        int begin = begin(nodes, fusion);
        Set<String> before = nodes.subList(0, begin).stream().map(Node::name).collect(Collectors.toSet());
        Set<String> taken = inputsOf(nodes.subList(begin, nodes.size()));
        taken.retainAll(before);
        if (taken.size() != 1 || !isFeatureMap(network.node(taken.iterator().next()))) {
            return Optional.empty();
        }
        String entry = taken.iterator().next();
        int end = end(nodes, begin, entry, fusion);
        List<PlannedLayer> layers = Subsampling.before(
                nodes.subList(begin, end).stream().flatMap(fusion::planned).toList());
        Node exit = nodes.get(Math.max(begin, end) - 1);
        boolean makesExit = layers.stream().anyMatch(layer -> layer.output().equals(exit.name()));
        if (!makesExit || layers.stream().noneMatch(PlannedLayer.Convolution.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(new TrainableBody(
                entry,
                network.node(entry).outputShape(),
                exit.name(),
                exit.outputShape(),
                nodes.subList(begin, end).stream().map(Node::name).collect(Collectors.toUnmodifiableSet()),
                layers));
    }

    private static boolean isFeatureMap(Node node) {
        return node.outputShape().rank() == 3;
    }

    private static Set<String> inputsOf(List<Node> nodes) {
        Set<String> inputs = new HashSet<>();
        nodes.forEach(node -> inputs.addAll(node.inputs()));
        return inputs;
    }

    /** The index of the first node that learns, or of the padding before it. */
    private static int begin(List<Node> nodes, LayerFusion fusion) {
        int begin = 1;
        while (begin < nodes.size() && nodes.get(begin).trainableParameters() == 0) {
            begin++;
        }
        return begin > 1 && fusion.isAbsorbedPadding(nodes.get(begin - 1)) ? begin - 1 : begin;
    }

    /** The index behind the last node of the body. */
    private static int end(List<Node> nodes, int begin, String entry, LayerFusion fusion) {
        int end = begin;
        for (int index = begin; index < nodes.size() && fusion.isPlannable(nodes.get(index)); index++) {
            if (isOnlyWayOut(nodes, begin, index, entry)) {
                end = index + 1;
            }
        }
        return end;
    }

    /** Whether no layer behind a node takes anything of the body but this node's output. */
    private static boolean isOnlyWayOut(List<Node> nodes, int begin, int last, String entry) {
        Set<String> taken = inputsOf(nodes.subList(last + 1, nodes.size()));
        return !taken.contains(entry)
                && isFeatureMap(nodes.get(last))
                && nodes.subList(begin, last).stream().map(Node::name).noneMatch(taken::contains);
    }

    /** The weights that it trains, in order. */
    public Set<WeightName> weights() {
        Set<WeightName> weights = new LinkedHashSet<>();
        for (PlannedLayer layer : layers) {
            if (layer instanceof PlannedLayer.Convolution convolution) {
                weights.add(convolution.kernel());
                convolution.bias().ifPresent(weights::add);
            } else if (layer instanceof PlannedLayer.Normalization normalization) {
                if (normalization.layer().scale()) {
                    weights.add(normalization.weight("gamma"));
                }
                if (normalization.layer().center()) {
                    weights.add(normalization.weight("beta"));
                }
            }
        }
        return weights;
    }

    /** The kernels that lie in blocks of channels while they are trained. */
    public Map<WeightName, KernelBlocks> blocks() {
        Map<WeightName, KernelBlocks> blocks = new LinkedHashMap<>();
        for (PlannedLayer layer : layers) {
            if (layer instanceof PlannedLayer.Convolution convolution) {
                convolution.shape().blocks().ifPresent(found -> blocks.put(convolution.kernel(), found));
            }
        }
        return blocks;
    }

    /** The batch normalisations, in order. */
    public List<NormalizedLayer> normalizations() {
        return layers.stream()
                .filter(PlannedLayer.Normalization.class::isInstance)
                .map(layer -> (PlannedLayer.Normalization) layer)
                .map(layer -> new NormalizedLayer(layer.layer(), layer.shape()))
                .toList();
    }
}
