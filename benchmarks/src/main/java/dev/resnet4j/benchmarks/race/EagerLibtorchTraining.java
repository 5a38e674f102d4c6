package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The training step that a Java user of libtorch writes by hand: autograd, and libtorch's own Adam. */
final class EagerLibtorchTraining implements Contestant {
    private final EagerLibtorch network;
    private final Tensor pictures;
    private final Tensor labels;
    private final Adam adam;

    EagerLibtorchTraining(SyntheticPictures batch, NumberFormat precision) {
        network = new EagerLibtorch(batch.side(), precision, true);
        pictures = EagerLibtorch.upload(batch);
        labels = EagerLibtorch.upload(batch.labels(), batch.batch(), Turn.CLASSES);
        adam = new Adam(
                new TensorVector(network.parameters().toArray(Tensor[]::new)), new AdamOptions(Turn.LEARNING_RATE));
    }

    @Override
    public double step() {
        try (PointerScope scope = new PointerScope()) {
            adam.zero_grad();
            Tensor loss = crossentropy(network.logits(pictures));
            loss.backward();
            adam.step();
            return loss.item_float();
        }
    }

    private Tensor crossentropy(Tensor logits) {
        return labels.mul(torch.log_softmax(logits, 1)).sum(1).mean().neg();
    }

    @Override
    public void close() {
        adam.close();
        network.close();
    }
}
