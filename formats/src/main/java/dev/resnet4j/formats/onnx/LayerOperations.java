package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Add;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer's output from its inputs: what each kind of layer is in ONNX's operators, with Keras's rules.
 *
 * @param graph where the operators go
 * @param inputs the outputs of the layers before
 * @param kerasOutput the shape of the layer's output in Keras's order
 * @param withoutSoftmax whether a softmax at the end of the layer is left out
 */
record LayerOperations(OnnxGraph graph, List<Value> inputs, Shape kerasOutput, boolean withoutSoftmax)
        implements LayerVisitor<Value> {

    @Override
    public Value visit(Activation layer) {
        return activate(layer.function(), input());
    }

    @Override
    public Value visit(Add layer) {
        return graph.add(new Operation(inputs.size() == 2 ? "Add" : "Sum", inputs), output());
    }

    @Override
    public Value visit(AveragePooling2D layer) {
        Operation pool = new Operation("AveragePool", input()).integer("count_include_pad", 0);
        return slide(pool, layer.poolSize(), layer.strides(), layer.padding());
    }

    @Override
    public Value visit(BatchNormalization layer) {
        Operation normalization = new Operation(
                        "BatchNormalization",
                        input(),
                        graph.weight(layer.name(), "gamma", 0),
                        graph.weight(layer.name(), "beta", 0),
                        graph.weight(layer.name(), "moving_mean", 0),
                        graph.weight(layer.name(), "moving_variance", 0))
                .real("epsilon", layer.epsilon());
        return graph.add(normalization, output());
    }

    @Override
    public Value visit(Conv2D layer) {
        List<Value> operands = new ArrayList<>();
        operands.add(input());
        operands.add(graph.weight(layer.name(), "kernel", 3, 2, 0, 1));
        if (layer.useBias()) {
            operands.add(graph.weight(layer.name(), "bias", 0));
        }
        Operation convolution = new Operation("Conv", operands);
        return activate(layer.activation(), slide(convolution, layer.kernelSize(), layer.strides(), layer.padding()));
    }

    @Override
    public Value visit(Dense layer) {
        List<Value> operands = new ArrayList<>();
        operands.add(input());
        operands.add(graph.weight(layer.name(), "kernel", 0, 1));
        if (layer.useBias()) {
            operands.add(graph.weight(layer.name(), "bias", 0));
        }
        return activate(layer.activation(), graph.add(new Operation("Gemm", operands), output()));
    }

    @Override
    public Value visit(Dropout layer) {
        return input();
    }

    @Override
    public Value visit(Flatten layer) {
        Value kerasOrder = new Transposition(graph).toKeras(input());
        return graph.add(new Operation("Flatten", kerasOrder).integer("axis", 1), output());
    }

    @Override
    public Value visit(GlobalAveragePooling2D layer) {
        return poolGlobally("GlobalAveragePool");
    }

    @Override
    public Value visit(GlobalMaxPooling2D layer) {
        return poolGlobally("GlobalMaxPool");
    }

    private Value poolGlobally(String operator) {
        Value pooled = graph.add(new Operation(operator, input()), Shape.of(kerasOutput.channels(), 1, 1));
        return graph.add(new Operation("Flatten", pooled).integer("axis", 1), output());
    }

    @Override
    public Value visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not calculated");
    }

    @Override
    public Value visit(MaxPooling2D layer) {
        return slide(new Operation("MaxPool", input()), layer.poolSize(), layer.strides(), layer.padding());
    }

    @Override
    public Value visit(ZeroPadding2D layer) {
        Value pads = graph.integers("pads", 0, 0, layer.top(), layer.left(), 0, 0, layer.bottom(), layer.right());
        return graph.add(new Operation("Pad", input(), pads).text("mode", "constant"), output());
    }

    private Value slide(Operation operation, Size2D size, Size2D strides, Padding padding) {
        Window window = new Window(size, strides, padding, Layouts.kerasShape(input().shape()));
        return graph.add(window.addTo(operation), output());
    }

    private Value activate(ActivationFunction function, Value x) {
        boolean leftOut = withoutSoftmax && function == ActivationFunction.SOFTMAX;
        return leftOut ? x : new ActivationOperations(graph).apply(function, x);
    }

    private Value input() {
        return inputs.get(0);
    }

    private Shape output() {
        return Layouts.onnxShape(kerasOutput);
    }
}
