package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import java.util.List;

/** resnet4j's prediction. */
final class Resnet4jPrediction implements Contestant {
    private final TorchModel model;
    private final NdArray pictures;
    private final Precision precision;

    Resnet4jPrediction(SyntheticPictures batch, Precision precision) {
        Network network = Resnet4jEntry.network(batch.side());
        this.model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        this.pictures = Resnet4jEntry.array(batch);
        this.precision = precision;
        if (precision == Precision.INT8) {
            model.calibrate(List.of(pictures));
        }
    }

    @Override
    public double step() {
        return model.predict(pictures, precision).values()[0];
    }

    @Override
    public void close() {
        model.close();
    }
}
