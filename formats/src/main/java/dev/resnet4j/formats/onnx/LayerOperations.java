package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * One layer's output from its inputs: what each kind of layer is in ONNX's operators, with Keras's rules. Layers that do
 * something in training alone give their input.
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
    public Value visit(AveragePooling2D layer) {
        Operation pool = new Operation("AveragePool", input()).integer("count_include_pad", 0);
        return graph.add(ConvolutionOperations.slide(pool, layer.window(), input()), output());
    }

    @Override
    public Value visit(BatchNormalization layer) {
        return new NormalizationOperations(graph).normalize(layer, input());
    }

    @Override
    public Value visit(CenterCrop layer) {
        return new ResizeOperations(graph).cropMiddle(input(), layer.height(), layer.width());
    }

    @Override
    public Value visit(Concatenate layer) {
        return new ShapeOperations(graph).concatenate(layer, inputs, output());
    }

    @Override
    public Value visit(Conv2D layer) {
        return activate(layer.activation(), new ConvolutionOperations(graph).convolve(layer, input(), output()));
    }

    @Override
    public Value visit(Conv2DTranspose layer) {
        return activate(layer.activation(), new ConvolutionOperations(graph).convolveBack(layer, input(), output()));
    }

    @Override
    public Value visit(Cropping2D layer) {
        return new ShapeOperations(graph).crop(layer, input(), output());
    }

    @Override
    public Value visit(Dense layer) {
        return activate(layer.activation(), new ConvolutionOperations(graph).multiply(layer, input(), output()));
    }

    @Override
    public Value visit(DepthwiseConv2D layer) {
        return activate(layer.activation(), new ConvolutionOperations(graph).convolve(layer, input(), output()));
    }

    @Override
    public Value visit(Dropout layer) {
        return input();
    }

    @Override
    public Value visit(ELU layer) {
        return new ActivationOperations(graph).elu(input(), layer.alpha());
    }

    @Override
    public Value visit(Flatten layer) {
        return new ShapeOperations(graph).flatten(input(), output());
    }

    @Override
    public Value visit(GaussianDropout layer) {
        return input();
    }

    @Override
    public Value visit(GaussianNoise layer) {
        return input();
    }

    @Override
    public Value visit(GlobalAveragePooling2D layer) {
        return poolGlobally("GlobalAveragePool", layer.keepDimensions());
    }

    @Override
    public Value visit(GlobalMaxPooling2D layer) {
        return poolGlobally("GlobalMaxPool", layer.keepDimensions());
    }

    @Override
    public Value visit(GroupNormalization layer) {
        return new NormalizationOperations(graph).normalize(layer, input());
    }

    @Override
    public Value visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not calculated");
    }

    @Override
    public Value visit(LayerNormalization layer) {
        return new NormalizationOperations(graph).normalize(layer, input());
    }

    @Override
    public Value visit(LeakyReLU layer) {
        return new ActivationOperations(graph).leakyRelu(input(), layer.negativeSlope());
    }

    @Override
    public Value visit(MaxPooling2D layer) {
        return graph.add(
                ConvolutionOperations.slide(new Operation("MaxPool", input()), layer.window(), input()), output());
    }

    @Override
    public Value visit(Merge layer) {
        return new ShapeOperations(graph).merge(layer, inputs, output());
    }

    @Override
    public Value visit(Network layer) {
        throw new IllegalStateException("the layers of network '" + layer.name() + "' stand in its place");
    }

    @Override
    public Value visit(Normalization layer) {
        return new NormalizationOperations(graph).normalize(layer, input());
    }

    @Override
    public Value visit(PReLU layer) {
        return new ActivationOperations(graph).parametricRelu(layer, input());
    }

    @Override
    public Value visit(Permute layer) {
        return new ShapeOperations(graph).permute(layer, input());
    }

    @Override
    public Value visit(RandomBrightness layer) {
        return input();
    }

    @Override
    public Value visit(RandomContrast layer) {
        return input();
    }

    @Override
    public Value visit(RandomCrop layer) {
        return new ResizeOperations(graph).resizePart(input(), layer.height(), layer.width());
    }

    @Override
    public Value visit(RandomFlip layer) {
        return input();
    }

    @Override
    public Value visit(RandomRotation layer) {
        return input();
    }

    @Override
    public Value visit(RandomTranslation layer) {
        return input();
    }

    @Override
    public Value visit(RandomZoom layer) {
        return input();
    }

    @Override
    public Value visit(ReLU layer) {
        return new ActivationOperations(graph).apply(layer, input());
    }

    @Override
    public Value visit(Rescaling layer) {
        return new NormalizationOperations(graph).rescale(layer, input());
    }

    @Override
    public Value visit(Reshape layer) {
        return new ShapeOperations(graph).reshapeAsKeras(input(), kerasOutput);
    }

    @Override
    public Value visit(Resizing layer) {
        return new ResizeOperations(graph).resize(layer, input());
    }

    @Override
    public Value visit(SeparableConv2D layer) {
        return activate(layer.activation(), new ConvolutionOperations(graph).convolve(layer, input(), output()));
    }

    @Override
    public Value visit(Softmax layer) {
        int axis = Layouts.onnxAxis(layer.axis(), input().shape().rank());
        return withoutSoftmax ? input() : graph.addElementwise(new Operation("Softmax", input()).integer("axis", axis));
    }

    @Override
    public Value visit(SpatialDropout2D layer) {
        return input();
    }

    @Override
    public Value visit(UpSampling2D layer) {
        return new ResizeOperations(graph).enlarge(layer, input(), output());
    }

    @Override
    public Value visit(ZeroPadding2D layer) {
        return new ShapeOperations(graph).pad(layer, input(), output());
    }

    private Value poolGlobally(String operator, boolean keepDimensions) {
        Value pooled = graph.add(new Operation(operator, input()), Shape.of(input().channels(), 1, 1));
        return keepDimensions ? pooled : graph.add(new Operation("Flatten", pooled).integer("axis", 1), output());
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
