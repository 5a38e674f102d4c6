package dev.resnet4j.benchmarks.deeplearning4j;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.Iterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The tutorial's ResNet-50 in Deeplearning4j's words. */
final class Deeplearning4jResNet50 {
    private final ComputationGraphConfiguration.GraphBuilder graph = new NeuralNetConfiguration.Builder()
            .seed(0)
            .updater(new Adam(Turn.LEARNING_RATE))
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder();

    private final Iterator<ConvolutionShape> convolutions;
    private int names;

    private Deeplearning4jResNet50(int side) {
        convolutions = ConvolutionShape.ofResNet50(side).iterator();
    }

    static ComputationGraphConfiguration of(int side) {
        return new Deeplearning4jResNet50(side).build(side);
    }

    private ComputationGraphConfiguration build(int side) {
        graph.addInputs("pictures").setInputTypes(InputType.convolutional(side, side, 3));
        graph.addLayer(
                "padding",
                new ZeroPaddingLayer.Builder(ConvolutionShape.PICTURE_PADDING, ConvolutionShape.PICTURE_PADDING)
                        .build(),
                "pictures");
        String x = relu(convolution("padding"));
        x = pool(SubsamplingLayer.PoolingType.MAX, 3, x);
        for (int count : ConvolutionShape.BLOCKS) {
            for (int block = 0; block < count; block++) {
                String main = convolution(relu(convolution(relu(convolution(x)))));
                String shortcut = block == 0 ? convolution(x) : x;
                String sum = name("sum");
                graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), main, shortcut);
                x = relu(sum);
            }
        }
        x = pool(
                SubsamplingLayer.PoolingType.AVG,
                ConvolutionShape.lastOfResNet50(side).poolBehind(),
                x);
        OutputLayer output = new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nOut(Turn.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        return graph.addLayer("classes", output, x).setOutputs("classes").build();
    }

    private String name(String kind) {
        names++;
        return kind + names;
    }

    /** A convolution with the batch normalisation after it. */
    private String convolution(String input) {
        ConvolutionShape shape = convolutions.next();
        String convolution = name("convolution");
        String normalization = name("normalization");
        ConvolutionLayer layer = new ConvolutionLayer.Builder(shape.kernel(), shape.kernel())
                .stride(shape.strides(), shape.strides())
                .padding(shape.padding(), shape.padding())
                .nOut(shape.outputs())
                .build();
        graph.addLayer(convolution, layer, input);
        BatchNormalization normalized =
                new BatchNormalization.Builder().eps(1e-3).decay(0.99).build();
        graph.addLayer(normalization, normalized, convolution);
        return normalization;
    }

    private String relu(String input) {
        String relu = name("relu");
        graph.addLayer(
                relu, new ActivationLayer.Builder().activation(Activation.RELU).build(), input);
        return relu;
    }

    private String pool(SubsamplingLayer.PoolingType kind, int size, String input) {
        String pool = name("pool");
        SubsamplingLayer layer = new SubsamplingLayer.Builder(kind)
                .kernelSize(size, size)
                .stride(2, 2)
                .build();
        graph.addLayer(pool, layer, input);
        return pool;
    }
}
