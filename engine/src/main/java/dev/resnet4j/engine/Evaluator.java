package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.batch.Batch;
import dev.resnet4j.data.batch.BatchLoader;
import dev.resnet4j.engine.torch.BatchScores;
import dev.resnet4j.engine.torch.TorchModel;

/** The loop of evaluation. */
final class Evaluator {
    private Evaluator() {}

    /** The scores of a model on a data set, in its own order. */
    static RunningScores evaluate(
            TorchModel model, Dataset data, EvaluateOptions options, Preprocessing preprocessing) {
        RunningScores scores = RunningScores.NONE;
        try (BatchLoader loader = BatchLoader.inOrder(data, options.batchSize(), preprocessing)) {
            for (Batch batch : loader) {
                BatchScores ofBatch = model.evaluate(
                        Batches.pictures(batch), Batches.labels(batch), options.precision(), options.batchStatistics());
                scores = scores.plus(ofBatch, batch.size());
            }
        }
        return scores;
    }
}
