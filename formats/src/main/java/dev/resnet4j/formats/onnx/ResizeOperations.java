package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;

/** Layers that bring pictures into another size, as operators. */
record ResizeOperations(OnnxGraph graph) {
    Value enlarge(UpSampling2D layer, Value x, Shape output) {
        Operation resize = switch (layer.interpolation()) {
            case NEAREST ->
                resize(x, layer.size().height(), layer.size().width())
                        .text("mode", "nearest")
                        .text("coordinate_transformation_mode", "asymmetric")
                        .text("nearest_mode", "floor");
            case BILINEAR ->
                linear(resize(x, layer.size().height(), layer.size().width()));
        };
        return graph.add(resize, output);
    }

    Value resize(Resizing layer, Value x) {
        Value part = layer.cropToAspectRatio() ? largestPart(x, layer.height(), layer.width()) : x;
        return resize(part, layer.height(), layer.width(), layer.interpolation());
    }

    /** The middle; of a picture that is too small, the largest part of that form, enlarged. */
    Value cropMiddle(Value x, int height, int width) {
        return x.height() >= height && x.width() >= width ? middle(x, height, width) : resizePart(x, height, width);
    }

    /** The largest part of that form, from the middle, in the new size. */
    Value resizePart(Value x, int height, int width) {
        return resize(largestPart(x, height, width), height, width, Interpolation.BILINEAR);
    }

    private Value largestPart(Value x, int height, int width) {
        int partHeight = Math.min(x.height(), Math.toIntExact((long) x.width() * height / width));
        int partWidth = Math.min(x.width(), Math.toIntExact((long) x.height() * width / height));
        return middle(x, Math.max(partHeight, 1), Math.max(partWidth, 1));
    }

    private Value middle(Value x, int height, int width) {
        boolean whole = x.height() == height && x.width() == width;
        int top = (x.height() - height) / 2;
        int left = (x.width() - width) / 2;
        return whole ? x : new ShapeOperations(graph).slice(x, top, left, height, width);
    }

    private Value resize(Value x, int height, int width, Interpolation interpolation) {
        return switch (interpolation) {
            case NEAREST -> pick(pick(x, 2, height), 3, width);
            case BILINEAR -> interpolate(x, height, width);
        };
    }

    /**
     * The pixels nearest to the new ones' centres, by their numbers, worked out in 32 bits as TensorFlow does: the
     * runtime's rounding cannot move them.
     */
    private Value pick(Value x, int axis, int length) {
        int available = x.shape().dimension(axis - 1);
        if (length == available) {
            return x;
        }
        float scale = (float) available / length;
        long[] places = new long[length];
        for (int index = 0; index < length; index++) {
            places[index] = Math.min((long) ((index + 0.5f) * scale), available - 1L);
        }
        Shape shape =
                axis == 2 ? Shape.of(x.channels(), length, x.width()) : Shape.of(x.channels(), x.height(), length);
        Operation gather = new Operation("Gather", x, graph.integers("places", places)).integer("axis", axis);
        return graph.add(gather, shape);
    }

    private Value interpolate(Value x, int height, int width) {
        Operation resize = linear(resize(x, scale(x.height(), height), scale(x.width(), width)));
        return graph.add(resize, Shape.of(x.channels(), height, width));
    }

    private Operation resize(Value x, float heightScale, float widthScale) {
        NdArray scales = new NdArray(Shape.of(4), new float[] {1, 1, heightScale, widthScale});
        return new Operation("Resize", x, graph.absent(), graph.constant("scales", scales));
    }

    private static Operation linear(Operation resize) {
        return resize.text("mode", "linear").text("coordinate_transformation_mode", "half_pixel");
    }

    /** A scale by which the length comes out when the product is cut down to a whole number. */
    private static float scale(int available, int length) {
        float scale = (float) length / available;
        while ((int) (scale * available) < length || (int) ((double) scale * available) < length) {
            scale = Math.nextUp(scale);
        }
        return scale;
    }
}
