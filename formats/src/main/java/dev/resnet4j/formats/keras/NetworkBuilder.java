package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.keras.ChannelOrder.Placed;
import dev.resnet4j.formats.keras.LayerTemplate.Input;
import dev.resnet4j.formats.keras.LayerTemplate.Nested;
import dev.resnet4j.formats.keras.LayerTemplate.Reference;
import dev.resnet4j.formats.keras.LayerTemplate.Single;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Network.Kind;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Builds a network from what its file says, once the shape of its pictures is known. */
final class NetworkBuilder {
    /** Layers of nested models count at each call, so that models in models cannot grow without measure. */
    private static final int MOST_CALLS = 100_000;

    private final ModelTemplate model;
    private final boolean frozen;
    private final Unsupported unsupported;
    private final ChannelOrder order;
    private final Map<Reference, KerasTensor> outputs = new HashMap<>();
    private final Map<String, Placed> placed = new HashMap<>();
    private final Map<String, Built> nested = new HashMap<>();
    private long calls;

    /**
     * A network and what its builder knows of it.
     *
     * @param network the network with its layers in the file's order
     * @param outputMoved whether its output is (channels, height, width) in the file and (height, width, channels) here
     * @param calls how many calls of layers it is made of
     */
    private record Built(LayeredNetwork network, boolean outputMoved, long calls) {}

    private NetworkBuilder(ModelTemplate model, boolean frozen, Unsupported unsupported) {
        this.model = model;
        this.frozen = frozen;
        this.unsupported = unsupported;
        Set<String> names = new HashSet<>(Set.of(model.inputLayer()));
        model.layers().forEach(layer -> names.add(layer.name()));
        this.order = new ChannelOrder(names, unsupported);
    }

    /**
     * @param input the shape of a picture in the file's order of axes
     * @param frozen whether all layers are frozen
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if the shapes do not fit
     */
    static LayeredNetwork build(ModelTemplate model, Shape input, boolean frozen, Unsupported unsupported) {
        return new NetworkBuilder(model, frozen, unsupported).build(input).network();
    }

    private Built build(Shape input) {
        boolean channelsFirst = input.rank() == 3 && model.takesChannelsFirst();
        Shape here = channelsFirst ? KerasTensor.channelsLast(input) : input;
        SymbolicTensor start = new InputLayer(model.inputLayer(), here).apply();
        outputs.put(new Reference(model.inputLayer(), 0), new KerasTensor(start, channelsFirst));
        if (model.kind() == Kind.SEQUENTIAL) {
            applyOneAfterTheOther();
        } else {
            applyByReferences();
        }
        KerasTensor output = outputs.get(model.output());
        if (output == null) {
            throw damaged("the output is " + describe(model.output()) + ", which is no layer");
        }
        Network network = Network.of(model.name(), start, output.tensor())
                .withKind(model.kind())
                .withFrozen(frozenLayers());
        return new Built(
                new LayeredNetwork(network, inFileOrder(network), channelsFirst), output.channelsMoved(), calls);
    }

    private Predicate<String> frozenLayers() {
        if (frozen) {
            return name -> !name.equals(model.inputLayer());
        }
        Set<String> names = model.layers().stream()
                .filter(LayerTemplate::frozen)
                .map(LayerTemplate::name)
                .collect(Collectors.toSet());
        return names::contains;
    }

    private void applyOneAfterTheOther() {
        KerasTensor latest = outputs.get(new Reference(model.inputLayer(), 0));
        for (LayerTemplate layer : model.layers()) {
            if (!(layer.content() instanceof Input)) {
                latest = apply(layer, List.of(latest));
                outputs.put(new Reference(layer.name(), 0), latest);
            } else if (!layer.name().equals(model.inputLayer())) {
                throw damaged("layer '" + layer.name() + "' is an input in the midst of a Sequential");
            }
        }
    }

    /** A call of a layer whose inputs are not all there yet. */
    private static final class Waiting {
        private final LayerTemplate layer;
        private final int call;
        private final Set<Reference> missing;

        Waiting(LayerTemplate layer, int call) {
            this.layer = layer;
            this.call = call;
            this.missing = new HashSet<>(layer.calls().get(call));
        }
    }

    /** A shared layer may be called again on what came of its first call, so layers need not stand in order. */
    private void applyByReferences() {
        Map<Reference, List<Waiting>> waiting = new HashMap<>();
        Map<Reference, Waiting> open = new LinkedHashMap<>();
        for (LayerTemplate layer : model.layers()) {
            for (int call = 0; call < layer.calls().size(); call++) {
                Waiting entry = new Waiting(layer, call);
                open.put(new Reference(layer.name(), call), entry);
                entry.missing.forEach(input ->
                        waiting.computeIfAbsent(input, any -> new ArrayList<>()).add(entry));
            }
        }
        Deque<Reference> ready = new ArrayDeque<>(outputs.keySet());
        while (!ready.isEmpty()) {
            Reference done = ready.remove();
            for (Waiting entry : waiting.getOrDefault(done, List.of())) {
                entry.missing.remove(done);
                Reference reference = new Reference(entry.layer.name(), entry.call);
                if (entry.missing.isEmpty()) {
                    open.remove(reference);
                    List<KerasTensor> inputs = entry.layer.calls().get(entry.call).stream()
                            .map(outputs::get)
                            .toList();
                    outputs.put(reference, apply(entry.layer, inputs));
                    ready.add(reference);
                }
            }
        }
        requireAllApplied(open);
    }

    private static void requireAllApplied(Map<Reference, Waiting> open) {
        if (!open.isEmpty()) {
            Waiting first = open.values().iterator().next();
            String missing = first.missing.stream()
                    .findFirst()
                    .map(input -> describe(input) + ", which is no layer that stands before it")
                    .orElse("no input");
            throw damaged("layer '" + first.layer.name() + "' takes " + missing);
        }
    }

    private static String describe(Reference reference) {
        return "'" + reference.layer() + "'" + (reference.call() == 0 ? "" : ", call " + reference.call());
    }

    private KerasTensor apply(LayerTemplate layer, List<KerasTensor> inputs) {
        if (layer.content() instanceof Nested inner) {
            return apply(layer, inner.model(), inputs);
        }
        if (!(layer.content() instanceof Single single)) {
            throw damaged("layer '" + layer.name() + "' is an input and takes one");
        }
        count(1);
        Placed before = placed.get(layer.name());
        Placed now = before == null ? order.place(single, inputs) : order.placeAgain(before, inputs);
        placed.putIfAbsent(layer.name(), now);
        return now.apply();
    }

    private KerasTensor apply(LayerTemplate layer, ModelTemplate inner, List<KerasTensor> inputs) {
        if (inputs.size() != 1) {
            throw damaged("the model '" + layer.name() + "' inside takes one input, got " + inputs.size());
        }
        Built built = nested.get(layer.name());
        if (built == null) {
            Shape shape = inputs.get(0).shapeInFile();
            if (inner.input().isPresent() && !inner.input().get().admits(shape)) {
                throw damaged("the model '" + layer.name() + "' inside takes "
                        + inner.input().get() + ", but gets " + shape.toStringWithBatch());
            }
            built = new NetworkBuilder(inner, frozen || layer.frozen(), unsupported).build(shape);
            nested.put(layer.name(), built);
        }
        count(built.calls());
        boolean channelsFirst = built.network().channelsFirst();
        Placed now = order.placeAgain(new Placed(built.network().network(), List.of(), channelsFirst), inputs);
        placed.putIfAbsent(layer.name(), now);
        return new KerasTensor(now.apply().tensor(), built.outputMoved());
    }

    private void count(long more) {
        calls += more;
        if (calls > MOST_CALLS) {
            throw damaged("its layers are called more than " + MOST_CALLS + " times");
        }
    }

    private List<KerasLayer> inFileOrder(Network network) {
        Map<String, Node> byName = new HashMap<>();
        network.layers().forEach(node -> byName.put(node.layer().name(), node));
        List<KerasLayer> layers = new ArrayList<>();
        List<String> unconnected = new ArrayList<>();
        for (LayerTemplate layer : model.layers()) {
            Node node = byName.get(layer.name());
            if (node == null) {
                unconnected.add(layer.name());
                continue;
            }
            layers.add(new KerasLayer(
                    layer.className(),
                    node,
                    placed.containsKey(layer.name()) && placed.get(layer.name()).channelsFirst(),
                    Optional.ofNullable(nested.get(layer.name())).map(Built::network)));
        }
        if (!unconnected.isEmpty()) {
            throw damaged("nothing connects " + unconnected + " to the output");
        }
        return layers;
    }

    private static FormatException damaged(String reason) {
        return new FormatException(NetworkConfigReader.PLACE, reason, Advice.SAVE_AGAIN);
    }
}
