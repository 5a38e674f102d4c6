package dev.resnet4j.benchmarks.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;

/** DJL's training step: its trainer, its gradient collector, its Adam; a manager a step frees what the step made. */
final class DjlTraining implements Contestant {
    private final Model model;
    private final Trainer trainer;
    private final SyntheticPictures batch;
    private final float[] pixels;

    DjlTraining(Model model, SyntheticPictures batch) {
        this.model = model;
        this.batch = batch;
        this.pixels = batch.channelsFirst();
        Loss loss = Loss.softmaxCrossEntropyLoss("loss", 1, -1, false, true);
        Optimizer adam = Optimizer.adam()
                .optLearningRateTracker(Tracker.fixed((float) Turn.LEARNING_RATE))
                .build();
        trainer = model.newTrainer(
                new DefaultTrainingConfig(loss).optOptimizer(adam).optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(DjlEntry.shape(batch));
    }

    @Override
    public double step() {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray pictures = manager.create(pixels, DjlEntry.shape(batch));
            NDArray labels = manager.create(batch.labels(), new Shape(batch.batch(), Turn.CLASSES));
            NDArray loss;
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList scores = trainer.forward(new NDList(pictures));
                loss = trainer.getLoss().evaluate(new NDList(labels), scores);
                collector.backward(loss);
            }
            trainer.step();
            return loss.getFloat();
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
