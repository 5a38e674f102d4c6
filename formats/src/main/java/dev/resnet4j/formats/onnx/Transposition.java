package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Values with their axes in another order. */
record Transposition(OnnxGraph graph) {
    /** Feature maps from (batch, height, width, channels) to (batch, channels, height, width); others as they are. */
    Value toOnnx(Value keras) {
        return keras.shape().rank() == 3 ? transpose(keras, List.of(0, 3, 1, 2)) : keras;
    }

    /** Feature maps from (batch, channels, height, width) to (batch, height, width, channels); others as they are. */
    Value toKeras(Value onnx) {
        return onnx.isFeatureMap() ? transpose(onnx, List.of(0, 2, 3, 1)) : onnx;
    }

    /** Any value to (batch, channels, ...); feature maps are so already. */
    Value channelsFirst(Value x) {
        int rank = x.shape().rank();
        if (x.channelAxis() == 1) {
            return x;
        }
        List<Integer> order = new ArrayList<>(List.of(0, rank));
        for (int axis = 1; axis < rank; axis++) {
            order.add(axis);
        }
        return transpose(x, order);
    }

    /** The way back of {@link #channelsFirst}, for a value that looked like the given one before. */
    Value channelsAsIn(Value before, Value x) {
        int rank = x.shape().rank();
        if (before.channelAxis() == 1) {
            return x;
        }
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int axis = 2; axis <= rank; axis++) {
            order.add(axis);
        }
        order.add(1);
        return transpose(x, order);
    }

    /** @param order for each axis of the output which of the input's it is, the batch axis among them, first */
    Value transpose(Value x, List<Integer> order) {
        List<Integer> sizes = order.subList(1, order.size()).stream()
                .map(axis -> x.shape().dimension(axis - 1))
                .toList();
        return graph.add(new Operation("Transpose", x).integers("perm", order), x.type(), new Shape(sizes));
    }
}
