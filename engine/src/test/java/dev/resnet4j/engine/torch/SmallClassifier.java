package dev.resnet4j.engine.torch;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;

/** A network small enough to be written out in a test, and two batches for it. */
final class SmallClassifier {
    static final NdArray INPUTS = new NdArray(Shape.of(2, 3), new float[] {1, -2, 3, 0.5f, 0.25f, -1});
    static final NdArray LABELS = new NdArray(Shape.of(2, 2), new float[] {1, 0, 0, 1});
    static final NdArray OTHER_INPUTS = new NdArray(Shape.of(2, 3), new float[] {-0.5f, 2, 1, 3, -0.75f, 1.5f});
    static final NdArray OTHER_LABELS = new NdArray(Shape.of(2, 2), new float[] {0, 1, 0, 1});

    private SmallClassifier() {}

    /** A batch normalisation {@code bn} of 3 numbers, then a dense layer {@code fc} of 2 classes with softmax. */
    static Network normalized() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        SymbolicTensor x =
                new BatchNormalization().withMomentum(0.8).withName("bn").apply(input);
        return Network.of("normalized", input, dense().apply(x));
    }

    /** A dense layer {@code fc} of 2 classes with softmax. */
    static Network linear() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        return Network.of("linear", input, dense().apply(input));
    }

    private static Dense dense() {
        return new Dense(2)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(3))
                .withName("fc");
    }
}
