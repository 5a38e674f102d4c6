package dev.resnet4j.benchmarks;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import java.util.Optional;

/** resnet4j's training step. */
final class Resnet4jTraining implements Contestant {
    private static final double LEARNING_RATE = 0.001;

    private final TorchModel model;
    private final SyntheticBatch batch;
    private final Precision precision;
    private int steps;

    Resnet4jTraining(SyntheticBatch batch, Precision precision) {
        Network network = ResNet50.build(Shape.of(batch.side(), batch.side(), 3), SyntheticBatch.CLASSES, 0);
        this.model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        this.batch = batch;
        this.precision = precision;
        model.setOptimizer(new Adam(LEARNING_RATE), Optional.empty());
    }

    @Override
    public double step() {
        return model.train(batch.pictures(), batch.labels(), precision, LEARNING_RATE, steps++)
                .loss();
    }

    @Override
    public void close() {
        model.close();
    }
}
