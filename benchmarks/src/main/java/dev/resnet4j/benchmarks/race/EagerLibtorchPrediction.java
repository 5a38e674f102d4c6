package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The prediction that a Java user of libtorch writes by hand: the same operations without gradients. */
final class EagerLibtorchPrediction implements Contestant {
    private final EagerLibtorch network;
    private final SyntheticPictures batch;

    EagerLibtorchPrediction(SyntheticPictures batch, NumberFormat precision) {
        network = new EagerLibtorch(batch.side(), precision, false);
        this.batch = batch;
    }

    @Override
    public double step() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGradients = new NoGradGuard()) {
            Tensor probabilities = torch.softmax(network.logits(EagerLibtorch.upload(batch)), 1);
            return probabilities.flatten().get(0).item_float();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
