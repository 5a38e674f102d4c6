package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Layers that bring arrays into other shapes, or put several together, as operators. */
record ShapeOperations(OnnxGraph graph) {
    Value pad(ZeroPadding2D layer, Value x, Shape output) {
        Value pads = graph.integers("pads", 0, 0, layer.top(), layer.left(), 0, 0, layer.bottom(), layer.right());
        return graph.add(new Operation("Pad", x, pads).text("mode", "constant"), output);
    }

    Value crop(Cropping2D layer, Value x, Shape output) {
        return slice(x, layer.top(), layer.left(), output.dimension(1), output.dimension(2));
    }

    /** A part of a feature map. */
    Value slice(Value x, int top, int left, int height, int width) {
        Operation slice = new Operation(
                "Slice",
                x,
                graph.integers("starts", top, left),
                graph.integers("ends", top + height, left + width),
                graph.integers("axes", 2, 3));
        return graph.add(slice, Shape.of(x.channels(), height, width));
    }

    Value flatten(Value x, Shape output) {
        Value kerasOrder = new Transposition(graph).toKeras(x);
        return graph.add(new Operation("Flatten", kerasOrder).integer("axis", 1), output);
    }

    /** The same numbers in Keras's order, told to be of another of Keras's shapes. */
    Value reshapeAsKeras(Value x, Shape kerasShape) {
        Transposition transposition = new Transposition(graph);
        return transposition.toOnnx(reshape(transposition.toKeras(x), kerasShape));
    }

    /** The same numbers in the order in which they stand. */
    Value reshape(Value x, Shape shape) {
        long[] sizes = new long[shape.rank() + 1]; // 0, the first, stands for the size that is there
        for (int axis = 0; axis < shape.rank(); axis++) {
            sizes[axis + 1] = shape.dimension(axis);
        }
        return graph.add(new Operation("Reshape", x, graph.integers("shape", sizes)), shape);
    }

    Value permute(Permute layer, Value x) {
        int rank = x.shape().rank();
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int axis = 1; axis <= rank; axis++) {
            int kerasAxis = Layouts.kerasAxis(axis, rank);
            order.add(Layouts.onnxAxis(layer.dimensions().get(kerasAxis - 1), rank));
        }
        return new Transposition(graph).transpose(x, order);
    }

    Value concatenate(Concatenate layer, List<Value> inputs, Shape output) {
        int axis = Layouts.onnxAxis(layer.axis(), output.rank());
        return graph.add(new Operation("Concat", inputs).integer("axis", axis), output);
    }

    Value merge(Merge layer, List<Value> inputs, Shape output) {
        List<Value> aligned =
                inputs.stream().map(x -> aligned(x, output.rank())).toList();
        return switch (layer.operation()) {
            case ADD -> graph.add(new Operation(aligned.size() == 2 ? "Add" : "Sum", aligned), output);
            case SUBTRACT -> graph.add(new Operation("Sub", aligned), output);
            case MULTIPLY -> multiply(aligned);
            case AVERAGE -> graph.add(new Operation("Mean", aligned), output);
            case MAXIMUM -> graph.add(new Operation("Max", aligned), output);
            case MINIMUM -> graph.add(new Operation("Min", aligned), output);
        };
    }

    /** With axes of size 1 in front, as NumPy stretches arrays of fewer axes, in Keras's order. */
    private Value aligned(Value x, int rank) {
        int missing = rank - x.shape().rank();
        if (missing == 0) {
            return x;
        }
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(missing, 1));
        sizes.addAll(Layouts.kerasShape(x.shape()).dimensions());
        return reshapeAsKeras(x, new Shape(sizes));
    }

    private Value multiply(List<Value> factors) {
        Value product = factors.get(0);
        for (Value factor : factors.subList(1, factors.size())) {
            product = graph.add(new Operation("Mul", product, factor), stretched(product.shape(), factor.shape()));
        }
        return product;
    }

    private static Shape stretched(Shape first, Shape second) {
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < first.rank(); axis++) {
            sizes.add(Math.max(first.dimension(axis), second.dimension(axis)));
        }
        return new Shape(sizes);
    }
}
