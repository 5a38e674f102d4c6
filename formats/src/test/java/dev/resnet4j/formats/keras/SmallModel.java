package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Small models made on the spot. */
final class SmallModel {
    private SmallModel() {}

    /** A network with every kind of layer, and with options away from their defaults. */
    static Network everyLayer() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(12, 10, 3));
        SymbolicTensor x = new ZeroPadding2D("", 1, 0, 2, 1).apply(input);
        x = new Conv2D(
                        "stem",
                        4,
                        new Window(new Size2D(3, 2), new Size2D(2, 1), Padding.SAME),
                        1,
                        true,
                        ActivationFunction.SIGMOID,
                        new HeNormal(5),
                        new Ones())
                .apply(x);
        x = new BatchNormalization("", 0.9, 1e-5, true, true).apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);
        SymbolicTensor y = new Conv2D(4, 1)
                .withBias(false)
                .withActivation(ActivationFunction.TANH)
                .withKernelInitializer(new GlorotUniform(7))
                .apply(x);
        y = new Dropout(0.25).apply(y);
        x = Merge.add().apply(x, y);
        x = new MaxPooling2D(2).withPadding(Padding.SAME).apply(x);
        x = new AveragePooling2D(2).withStrides(1).apply(x);
        SymbolicTensor mean = new GlobalAveragePooling2D().apply(x);
        SymbolicTensor most = new GlobalMaxPooling2D().apply(x);
        SymbolicTensor features = new Dense(4).withName("features").apply(new Flatten().apply(x));
        x = Merge.add().withName("three").apply(mean, most, features);
        x = new Dense(3).withActivation(ActivationFunction.SOFTMAX).apply(x);
        return Network.of("every layer", input, x);
    }

    /** Weights of any bits, not-a-numbers and denormals among them. */
    static Weights weights(Network network, long seed) {
        Random random = new Random(seed);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network).arrays().forEach((name, array) -> arrays.put(name, bits(array.shape(), random)));
        return new Weights(arrays);
    }

    private static NdArray bits(Shape shape, Random random) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int index = 0; index < values.length; index++) {
            values[index] = Float.intBitsToFloat(random.nextInt());
        }
        return new NdArray(shape, values);
    }

    static OptimizerState state(Network network, Optimizer optimizer, long iterations) {
        Random random = new Random(iterations);
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        network.trainableWeights().forEach((name, shape) -> {
            Map<String, NdArray> arrays = new LinkedHashMap<>();
            optimizer.slots().forEach(slot -> arrays.put(slot, bits(shape, random)));
            if (!arrays.isEmpty()) {
                slots.put(name, arrays);
            }
        });
        return new OptimizerState(iterations, slots);
    }

    /** A model in the midst of training. */
    static SavedModel trained(Network network, Optimizer optimizer) {
        return trained(network, new Compilation(optimizer, Loss.CATEGORICAL_CROSSENTROPY));
    }

    static SavedModel trained(Network network, Compilation compilation) {
        OptimizerState state = state(network, compilation.optimizer(), 4_000_000_000L)
                .withAverage(compilation.average().map(rule -> weights(network, 2)));
        return new SavedModel(
                network, weights(network, 1), Optional.of(compilation), Optional.of(state), TrainingFacts.NONE);
    }
}
