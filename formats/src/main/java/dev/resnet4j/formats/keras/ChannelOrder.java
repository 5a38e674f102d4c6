package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.keras.LayerTemplate.Single;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts layers that were written for feature maps of (channels, height, width) into a network whose feature maps are
 * (height, width, channels). A layer's axes are renumbered where that is enough; where the order of the numbers matters,
 * a {@link Permute} stands before it.
 */
final class ChannelOrder {
    private static final int CHANNELS_FIRST_RANK = 3;

    private final Set<String> names;
    private final Unsupported unsupported;
    private final Map<SymbolicTensor, KerasTensor> permuted = new HashMap<>();

    /**
     * A layer in its place.
     *
     * @param layer the layer, its axes as they are here
     * @param inputs what it takes
     * @param channelsFirst whether the file's layer works on (channels, height, width)
     */
    record Placed(Layer layer, List<KerasTensor> inputs, boolean channelsFirst) {
        KerasTensor apply() {
            SymbolicTensor output =
                    layer.apply(inputs.stream().map(KerasTensor::tensor).toArray(SymbolicTensor[]::new));
            return new KerasTensor(output, channelsFirst && output.shape().rank() == CHANNELS_FIRST_RANK);
        }
    }

    /** @param names the names of the network's layers, to which those of added layers come */
    ChannelOrder(Set<String> names, Unsupported unsupported) {
        this.names = names;
        this.unsupported = unsupported;
    }

    Placed place(Single single, List<KerasTensor> inputs) {
        Layer layer = single.layer();
        List<Integer> axes = single.axes().axes();
        return switch (single.axes().kind()) {
            case ANY_ORDER -> placed(layer, inOneOrder(inputs));
            case AS_WRITTEN -> placed(layer, flattensAlike(layer, inputs) ? plain(inputs) : asWritten(inputs));
            case CHANNELS_FIRST -> placed(layer, channelsLast(inputs));
            case ALONG -> along(layer, axes.get(0), inOneOrder(inputs));
            case CHANNELS -> channels(layer, axes, inputs);
            case SHARED -> shared(layer, axes, inputs);
        };
    }

    /** The same layer once more, as it was placed before. */
    Placed placeAgain(Placed before, List<KerasTensor> inputs) {
        return placed(before.layer(), before.channelsFirst() ? channelsLast(inputs) : asWritten(inputs));
    }

    private static Placed placed(Layer layer, List<KerasTensor> inputs) {
        return new Placed(layer, inputs, inputs.stream().anyMatch(KerasTensor::channelsMoved));
    }

    /** All as they are, or else all in the same order. */
    private List<KerasTensor> inOneOrder(List<KerasTensor> inputs) {
        long moved = inputs.stream().filter(KerasTensor::channelsMoved).count();
        if (moved == 0 || moved == inputs.size()) {
            return inputs;
        }
        return inputs.stream().allMatch(KerasTensor::isFeatureMap) ? channelsLast(inputs) : asWritten(inputs);
    }

    private Placed along(Layer layer, int axis, List<KerasTensor> inputs) {
        if (!inputs.stream().allMatch(KerasTensor::channelsMoved) || inputs.isEmpty()) {
            return placed(layer, inputs);
        }
        int inFile = axis < 0 ? axis + CHANNELS_FIRST_RANK + 1 : axis;
        int here = inFile == 1 ? CHANNELS_FIRST_RANK : inFile - 1;
        return placed(
                layer instanceof Concatenate ? new Concatenate(layer.name(), here) : new Softmax(layer.name(), here),
                inputs);
    }

    /** A normalisation's axes must be the last ones, or the channels in the first place. */
    private Placed channels(Layer layer, List<Integer> axes, List<KerasTensor> inputs) {
        int rank = inputs.isEmpty() ? 0 : inputs.get(0).tensor().shape().rank();
        List<Integer> inFile =
                axes.stream().map(axis -> axis < 0 ? axis + rank + 1 : axis).toList();
        List<Integer> last =
                IntStream.rangeClosed(rank + 1 - axes.size(), rank).boxed().toList();
        boolean first = rank == CHANNELS_FIRST_RANK && inFile.equals(List.of(1));
        boolean several = axes.size() > 1 && !(layer instanceof LayerNormalization);
        if (several || !(first || inFile.equals(last))) {
            unsupported.add(
                    "axis " + axes + " of "
                            + inputs.stream().map(KerasTensor::shapeInFile).toList(),
                    layer.name());
        }
        return placed(layer, first ? channelsLast(inputs) : asWritten(inputs));
    }

    /** Where all but the channels are shared, the channels may as well stand last. */
    private Placed shared(Layer layer, List<Integer> axes, List<KerasTensor> inputs) {
        boolean perChannel = inputs.stream().allMatch(KerasTensor::channelsMoved)
                && axes.stream().sorted().toList().equals(List.of(2, 3));
        if (!perChannel) {
            return placed(layer, asWritten(inputs));
        }
        return placed(new PReLU(layer.name(), List.of(1, 2), ((PReLU) layer).alphaInitializer()), inputs);
    }

    /** Of one pixel or one channel, the numbers stand in the same order either way. */
    private static boolean flattensAlike(Layer layer, List<KerasTensor> inputs) {
        return layer instanceof Flatten
                && inputs.stream().map(input -> input.tensor().shape()).allMatch(ChannelOrder::hasOneOrder);
    }

    private static boolean hasOneOrder(Shape shape) {
        return shape.rank() == CHANNELS_FIRST_RANK
                && (shape.channels() == 1 || (shape.height() == 1 && shape.width() == 1));
    }

    private static List<KerasTensor> plain(List<KerasTensor> inputs) {
        return inputs.stream()
                .map(input -> new KerasTensor(input.tensor(), false))
                .toList();
    }

    private List<KerasTensor> asWritten(List<KerasTensor> inputs) {
        return inputs.stream()
                .map(input -> input.channelsMoved() ? permuted(input, "_channels_first", false, 3, 1, 2) : input)
                .toList();
    }

    private List<KerasTensor> channelsLast(List<KerasTensor> inputs) {
        return inputs.stream()
                .map(input -> input.channelsMoved() || !input.isFeatureMap()
                        ? input
                        : permuted(input, "_channels_last", true, 2, 3, 1))
                .toList();
    }

    private KerasTensor permuted(KerasTensor input, String suffix, boolean channelsMoved, Integer... order) {
        return permuted.computeIfAbsent(input.tensor(), tensor -> {
            StringBuilder name = new StringBuilder(tensor.layer().name() + suffix);
            while (!names.add(name.toString())) {
                name.append('_');
            }
            return new KerasTensor(new Permute(name.toString(), List.of(order)).apply(tensor), channelsMoved);
        });
    }
}
