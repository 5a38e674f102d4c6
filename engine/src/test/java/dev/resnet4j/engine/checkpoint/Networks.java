package dev.resnet4j.engine.checkpoint;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;

/** Models that are small and differ. */
final class Networks {
    private Networks() {}

    static SavedModel savedModel(int seed) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        Dense dense =
                new Dense(2).withKernelInitializer(new GlorotUniform(seed)).withName("fc");
        Network network = Network.of("linear", input, dense.apply(input));
        return new SavedModel(network, Weights.initialize(network));
    }
}
