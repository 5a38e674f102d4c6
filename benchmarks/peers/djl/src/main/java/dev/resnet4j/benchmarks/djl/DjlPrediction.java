package dev.resnet4j.benchmarks.djl;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;

/** DJL's prediction: one predictor that is used again, as its page on performance has it. */
final class DjlPrediction implements Contestant {
    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final SyntheticPictures batch;
    private final float[] pixels;

    DjlPrediction(Model model, SyntheticPictures batch) {
        this.model = model;
        this.batch = batch;
        this.pixels = batch.channelsFirst();
        model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, DjlEntry.shape(batch));
        predictor = model.newPredictor(new NoopTranslator());
    }

    @Override
    public double step() {
        try (NDManager manager = model.getNDManager().newSubManager();
                NDList scores = predictor.predict(new NDList(manager.create(pixels, DjlEntry.shape(batch))))) {
            return scores.singletonOrThrow().getFloat(0, 0);
        } catch (TranslateException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
