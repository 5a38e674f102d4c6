package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds which layers of a network prediction plans can hold, and which of them they run as one. */
final class PartSearch {
    private final Network network;
    private final LayerFusion fusion;
    private final Map<String, FusedLayers> convolutions = new LinkedHashMap<>();
    private final Set<String> fused;

    /** @param numbers in which it is asked whether there are fast kernels */
    PartSearch(Network network, NumberType numbers) {
        // What does not learn is used like all else.
        this.network = network.withFrozenLayers(name -> false);
        this.fusion = new LayerFusion(this.network);
        FusedLayers.of(this.network).forEach((name, layers) -> {
            if (new ConvolutionDescriptor(layers.shape(inputShape(layers)), numbers, layers).hasFastKernel()) {
                convolutions.put(name, layers);
            }
        });
        this.fused = convolutions.values().stream()
                .flatMap(layers -> layers.nodes().stream())
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    /** Only those with a convolution: libtorch does all else as well. */
    List<PredictablePart> parts() {
        Map<String, HeldLayer> held = new LinkedHashMap<>();
        network.nodes().forEach(node -> held(node).ifPresent(layer -> held.put(node.name(), layer)));
        Set<String> ran = nodes(held.values().stream().toList());
        List<PredictablePart> parts = new ArrayList<>();
        List<HeldLayer> inARow = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (held.containsKey(node.name())) {
                inARow.add(held.get(node.name()));
            } else if (!ran.contains(node.name())) {
                split(inARow, parts);
                inARow.clear();
            }
        }
        split(inARow, parts);
        parts.removeIf(part -> part.convolutions() == 0);
        return parts;
    }

    /** What a plan runs when it comes to a node; empty where it runs that with another, or not at all. */
    private Optional<HeldLayer> held(Node node) {
        FusedLayers layers = convolutions.get(node.name());
        if (layers != null) {
            return Optional.of(new HeldLayer(
                    new PlannedLayer.FusedConvolution(layers, layers.shape(inputShape(layers))),
                    layers.nodes().stream().map(Node::name).collect(Collectors.toSet())));
        }
        boolean left = fused.contains(node.name()) || node.layer() instanceof Conv2D || !fusion.isPlannable(node);
        return left
                ? Optional.empty()
                : fusion.planned(node).findFirst().map(layer -> new HeldLayer(layer, nodes(node, layer)));
    }

    /** With the ReLU behind it, and the padding before it that it takes in. */
    private static Set<String> nodes(Node node, PlannedLayer layer) {
        Set<String> nodes = new HashSet<>(node.inputs());
        layer.inputs().forEach(nodes::remove);
        nodes.add(node.name());
        nodes.add(layer.output());
        return nodes;
    }

    private static Set<String> nodes(List<HeldLayer> layers) {
        return layers.stream().flatMap(layer -> layer.nodes().stream()).collect(Collectors.toSet());
    }

    /** Splits layers in a row where more than one feature map would come out of them. */
    private void split(List<HeldLayer> inARow, List<PredictablePart> parts) {
        int begin = 0;
        while (begin < inARow.size()) {
            int end = inARow.size();
            while (!hasOneExit(inARow.subList(begin, end))) {
                end--;
            }
            parts.add(new PredictablePart(network, inARow.subList(begin, end)));
            begin = end;
        }
    }

    /** Whether no layer behind them takes anything but the last one's output; a single layer always has one. */
    private boolean hasOneExit(List<HeldLayer> layers) {
        Set<String> inside = nodes(layers);
        Set<String> taken = network.nodes().stream()
                .filter(node -> !inside.contains(node.name()))
                .flatMap(node -> node.inputs().stream())
                .collect(Collectors.toSet());
        taken.add(network.output().name());
        return layers.subList(0, layers.size() - 1).stream()
                .map(layer -> layer.layer().output())
                .noneMatch(taken::contains);
    }

    private Shape inputShape(FusedLayers layers) {
        return network.node(layers.input()).outputShape();
    }
}
