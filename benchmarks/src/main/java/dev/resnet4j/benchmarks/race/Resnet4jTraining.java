package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import java.util.Optional;

/** resnet4j's training step. */
final class Resnet4jTraining implements Contestant {
    private final TorchModel model;
    private final NdArray pictures;
    private final NdArray labels;
    private final Precision precision;
    private int steps;

    Resnet4jTraining(SyntheticPictures batch, Precision precision) {
        Network network = Resnet4jEntry.network(batch.side());
        this.model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        this.pictures = Resnet4jEntry.array(batch);
        this.labels = new NdArray(Shape.of(batch.batch(), Turn.CLASSES), batch.labels());
        this.precision = precision;
        model.setOptimizer(new Adam(Turn.LEARNING_RATE), Optional.empty());
    }

    @Override
    public double step() {
        return model.train(pictures, labels, precision, Turn.LEARNING_RATE, steps++)
                .loss();
    }

    @Override
    public void close() {
        model.close();
    }
}
