package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that multiply by a kernel, as operators. Keras's kernels are (height, width, in, out), ONNX's (out, in, height,
 * width).
 */
record ConvolutionOperations(OnnxGraph graph) {
    private static final int[] TO_ONNX = {3, 2, 0, 1};
    private static final int[] DEPTHWISE_TO_ONNX = {2, 3, 0, 1};

    Value convolve(Conv2D layer, Value x, Shape output) {
        Window window = layer.window();
        Shape shape = kernelShape(layer.filters(), x.channels() / layer.groups(), window.size());
        Value kernel = graph.weight(layer.name(), "kernel", shape, TO_ONNX);
        Operation convolution = operation("Conv", layer.name(), layer.useBias(), x, kernel);
        return graph.add(slide(convolution, window, x).integer("group", layer.groups()), output);
    }

    Value convolve(DepthwiseConv2D layer, Value x, Shape output) {
        Value kernel = depthwiseKernel(layer.name(), layer.window(), layer.depthMultiplier(), x);
        Operation convolution = operation("Conv", layer.name(), layer.useBias(), x, kernel);
        return graph.add(slide(convolution, layer.window(), x).integer("group", x.channels()), output);
    }

    Value convolve(SeparableConv2D layer, Value x, Shape output) {
        int between = x.channels() * layer.depthMultiplier();
        Operation depthwise =
                new Operation("Conv", x, depthwiseKernel(layer.name(), layer.window(), layer.depthMultiplier(), x));
        Value separate = graph.add(
                slide(depthwise, layer.window(), x).integer("group", x.channels()),
                Shape.of(between, output.dimension(1), output.dimension(2)));
        Shape shape = kernelShape(layer.filters(), between, Size2D.square(1));
        Value pointwise = graph.weight(layer.name(), "pointwise_kernel", shape, TO_ONNX);
        return graph.add(operation("Conv", layer.name(), layer.useBias(), separate, pointwise), output);
    }

    private Value depthwiseKernel(String layerName, Window window, int depthMultiplier, Value x) {
        Shape shape = kernelShape(x.channels() * depthMultiplier, 1, window.size());
        return graph.weight(layerName, "depthwise_kernel", shape, DEPTHWISE_TO_ONNX);
    }

    /**
     * Without any padding the output is (n - 1) * stride + kernel pixels long. Where the layer's is shorter, the edges are
     * cut, the odd pixel at the end; where it is longer, the end is filled up.
     */
    Value convolveBack(Conv2DTranspose layer, Value x, Shape output) {
        Window window = layer.window();
        int rows =
                (x.height() - 1) * window.strides().height() + window.extent().height() - output.dimension(1);
        int columns =
                (x.width() - 1) * window.strides().width() + window.extent().width() - output.dimension(2);
        int top = Math.max(rows, 0) / 2;
        int left = Math.max(columns, 0) / 2;
        Shape shape = kernelShape(x.channels(), layer.filters(), window.size());
        Value kernel = graph.weight(layer.name(), "kernel", shape, TO_ONNX);
        Operation convolution = operation("ConvTranspose", layer.name(), layer.useBias(), x, kernel)
                .integers("kernel_shape", both(window.size()))
                .integers("strides", both(window.strides()))
                .integers("dilations", both(window.dilation()))
                .integers("pads", List.of(top, left, Math.max(rows, 0) - top, Math.max(columns, 0) - left))
                .integers("output_padding", List.of(Math.max(-rows, 0), Math.max(-columns, 0)));
        return graph.add(convolution, output);
    }

    /** On feature maps a convolution of 1x1, which leaves them in ONNX's order of axes. */
    Value multiply(Dense layer, Value x, Shape output) {
        return switch (x.shape().rank()) {
            case 1 ->
                graph.add(
                        operation("Gemm", layer.name(), layer.useBias(), x, graph.weight(layer.name(), "kernel")),
                        output);
            case 3 -> {
                Shape shape = kernelShape(layer.units(), x.channels(), Size2D.square(1));
                Value kernel = graph.weight(layer.name(), "kernel", shape, 1, 0);
                yield graph.add(operation("Conv", layer.name(), layer.useBias(), x, kernel), output);
            }
            default -> multiplyLastAxis(layer, x, output);
        };
    }

    private Value multiplyLastAxis(Dense layer, Value x, Shape output) {
        Value product = graph.add(new Operation("MatMul", x, graph.weight(layer.name(), "kernel")), output);
        return layer.useBias()
                ? graph.addElementwise(new Operation("Add", product, graph.weight(layer.name(), "bias")))
                : product;
    }

    private Operation operation(String type, String layerName, boolean useBias, Value x, Value kernel) {
        List<Value> inputs = new ArrayList<>(List.of(x, kernel));
        if (useBias) {
            inputs.add(graph.weight(layerName, "bias"));
        }
        return new Operation(type, inputs);
    }

    /**
     * Tells a convolution or a pooling how to slide. The padding is said in numbers: {@code auto_pad} is deprecated.
     *
     * @param x the feature map
     */
    static Operation slide(Operation operation, Window window, Value x) {
        operation
                .integers("kernel_shape", both(window.size()))
                .integers("strides", both(window.strides()))
                .integers(
                        "pads",
                        List.of(
                                window.top(x.height()),
                                window.left(x.width()),
                                window.bottom(x.height()),
                                window.right(x.width())));
        boolean dilated = !window.dilation().equals(Size2D.square(1));
        return dilated ? operation.integers("dilations", both(window.dilation())) : operation;
    }

    private static List<Integer> both(Size2D size) {
        return List.of(size.height(), size.width());
    }

    private static Shape kernelShape(int first, int second, Size2D size) {
        return Shape.of(first, second, size.height(), size.width());
    }
}
