package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a network that a {@link PredictionPlan} can hold: convolutions with all that is fused into them, and batch
 * normalisations, poolings, sums, ReLUs and zeros around feature maps. One feature map comes out of it.
 */
public final class PredictablePart {
    private final List<PlannedLayer> layers;
    private final Set<String> nodes;
    private final List<String> entries;
    private final Map<String, Shape> entryShapes = new LinkedHashMap<>();
    private final String exit;
    private final Shape exitShape;

    PredictablePart(Network network, List<HeldLayer> held) {
        List<PlannedLayer> given = held.stream().map(HeldLayer::layer).toList();
        this.layers = UnusedPixels.leftOut(given);
        this.nodes = held.stream().flatMap(layer -> layer.nodes().stream()).collect(Collectors.toUnmodifiableSet());
        this.entries = given.stream()
                .flatMap(layer -> layer.inputs().stream())
                .filter(input -> !nodes.contains(input))
                .toList();
        entries.forEach(entry -> entryShapes.put(entry, network.node(entry).outputShape()));
        this.exit = layers.get(layers.size() - 1).output();
        this.exitShape = network.node(exit).outputShape();
    }

    /**
     * The parts of a network, each as large as it can be.
     *
     * @param network without nested networks
     * @param numbers in which they are to be predicted
     */
    public static List<PredictablePart> of(Network network, NumberType numbers) {
        return new PartSearch(network, numbers).parts();
    }

    List<PlannedLayer> layers() {
        return layers;
    }

    /** The names of the nodes that it takes the place of. */
    public Set<String> nodes() {
        return nodes;
    }

    /** The names of the nodes whose outputs it takes, each as often as its layers take it. */
    public List<String> entries() {
        return entries;
    }

    /** What one feature map of each entry is, (height, width, channels). */
    public Map<String, Shape> entryShapes() {
        return entryShapes;
    }

    /** The name of the node whose output it makes. */
    public String exit() {
        return exit;
    }

    /** What one feature map of the exit is, (height, width, channels). */
    public Shape exitShape() {
        return exitShape;
    }

    /** How many convolutions it runs. */
    public long convolutions() {
        return layers.stream()
                .filter(PlannedLayer.FusedConvolution.class::isInstance)
                .count();
    }
}
