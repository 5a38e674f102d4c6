package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.transfer.UnfreezingListener;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import dev.resnet4j.model.transfer.Freezing;
import dev.resnet4j.model.transfer.GradualUnfreezing;
import dev.resnet4j.model.transfer.GradualUnfreezing.Step;
import dev.resnet4j.model.transfer.LayerDecay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that are kept as they are in training. */
class FreezingTest {
    private static final Dataset TRAINING = SmallData.pictures(24, 1);
    private static final FitOptions OPTIONS =
            FitOptions.epochs(3).withBatchSize(8).withSeed(5);
    private static final GradualUnfreezing UNFREEZING = new GradualUnfreezing(
            Freezing.ALL_BUT_HEAD, List.of(new Step(2, Freezing.allButStages(1)), new Step(3, Freezing.NONE)));

    @TempDir
    private Path folder;

    private static Network network() {
        Shape pictures = Shape.of(SmallData.SIDE, SmallData.SIDE, 3);
        return CifarResNet.build(1, CifarResNet.Shortcut.OPTION_A, new ResNetOptions(pictures, 3).withSeed(1));
    }

    private static Model compiled(Compilation compilation) {
        Model model = Model.of(network());
        model.compile(compilation);
        return model;
    }

    private static Compilation adam() {
        return new Compilation(new Adam(0.01), Loss.CATEGORICAL_CROSSENTROPY);
    }

    private static void freeze(Model model, Freezing freezing) {
        model.setFrozen(freezing.layersOf(model.network()));
    }

    /** The layers of which a weight differs. */
    private static Set<String> changed(Weights before, Weights after) {
        return before.arrays().keySet().stream()
                .filter(name -> !before.arrays().get(name).equals(after.arrays().get(name)))
                .map(WeightName::layer)
                .collect(Collectors.toSet());
    }

    @Test
    void frozenLayersKeepTheirWeightsAndMovingStatistics() {
        try (Model model = compiled(adam())) {
            Weights before = model.weights();
            freeze(model, Freezing.ALL_BUT_HEAD);

            model.fit(TRAINING, OPTIONS);

            assertThat(changed(before, model.weights())).containsExactly("linear");
        }
    }

    /** Keras's rule: trainable = False is inference mode, in training too. */
    @Test
    void frozenBatchNormalisationTakesItsMovingStatistics() {
        FitOptions oneStep = FitOptions.epochs(1).withBatchSize(TRAINING.size());
        try (Model frozen = compiled(adam());
                Model free = compiled(adam())) {
            double loss = frozen.evaluate(TRAINING).loss();
            freeze(frozen, Freezing.ALL_BUT_HEAD);

            double frozenLoss =
                    frozen.fit(TRAINING, oneStep).epochs().get(0).training().loss();
            double freeLoss =
                    free.fit(TRAINING, oneStep).epochs().get(0).training().loss();

            assertThat(frozenLoss).isEqualTo(loss, within(1e-5));
            assertThat(Math.abs(freeLoss - loss)).isGreaterThan(1e-3);
        }
    }

    @Test
    void unfreezesStepByStep() {
        List<Set<String>> changedInEpoch = new ArrayList<>();
        try (Model model = compiled(adam())) {
            TrainingListener compare = new TrainingListener() {
                private Weights before = model.weights();

                @Override
                public void onEpochEnd(History.Epoch epoch) {
                    changedInEpoch.add(changed(before, model.weights()));
                    before = model.weights();
                }
            };

            model.fit(
                    TRAINING,
                    OPTIONS.withListener(new UnfreezingListener(model, UNFREEZING))
                            .withListener(compare));
        }
        assertThat(changedInEpoch.get(0)).containsExactly("linear");
        assertThat(changedInEpoch.get(1))
                .containsExactlyInAnyOrder(
                        "linear", "layer3.0.conv1", "layer3.0.bn1", "layer3.0.conv2", "layer3.0.bn2");
        assertThat(changedInEpoch.get(2)).contains("conv1", "bn1", "layer1.0.conv1", "layer2.0.bn2", "linear");
    }

    @Test
    void keepsWhatTheOptimizerRemembersOfWeightsThatStayTrainable() {
        try (Model model = compiled(adam())) {
            freeze(model, Freezing.ALL_BUT_HEAD);
            model.fit(TRAINING, OPTIONS);
            OptimizerState before = model.snapshot().optimizerState().orElseThrow();

            freeze(model, Freezing.NONE);

            OptimizerState after = model.snapshot().optimizerState().orElseThrow();
            WeightName head = new WeightName("linear", "kernel");
            assertThat(after.iterations()).isEqualTo(before.iterations()).isEqualTo(9);
            assertThat(after.slots().get(head)).isEqualTo(before.slots().get(head));
            NdArray ofFrozen =
                    after.slots().get(new WeightName("conv1", "kernel")).get("momentum");
            assertThat(ofFrozen.values()).containsOnly(0f);
            assertThat(before.slots()).doesNotContainKey(new WeightName("conv1", "kernel"));
        }
    }

    @Test
    void goesOnInTheMiddleOfUnfreezingAsIfItHadNotStopped() {
        for (int stopAt : List.of(2, 3, 5, 6)) {
            Path file = folder.resolve("stopped-" + stopAt + ".keras");
            Compilation averaging = adam().withAverage(new ExponentialMovingAverage(0.9))
                    .withRateFactors(new LayerDecay(0.7).rateFactors(network()));
            try (Model whole = compiled(averaging);
                    Model stopped = compiled(averaging)) {
                whole.fit(TRAINING, OPTIONS.withListener(new UnfreezingListener(whole, UNFREEZING)));
                stopped.fit(
                        TRAINING,
                        OPTIONS.withListener(new UnfreezingListener(stopped, UNFREEZING))
                                .withStopRequested(() -> iterations(stopped) == stopAt));
                KerasFile.write(stopped.snapshot(), file);

                try (Model further = Model.load(file)) {
                    further.fit(
                            TRAINING,
                            OPTIONS.withResume(true).withListener(new UnfreezingListener(further, UNFREEZING)));

                    assertThat(further.snapshot().weights())
                            .as("stopped after step %d", stopAt)
                            .isEqualTo(whole.snapshot().weights());
                    assertThat(further.snapshot().optimizerState())
                            .isEqualTo(whole.snapshot().optimizerState());
                }
            }
        }
    }

    private static long iterations(Model model) {
        return model.snapshot().optimizerState().orElseThrow().iterations();
    }

    @Test
    void letsTheLearningRateShrinkTowardsTheInput() {
        Compilation plain = new Compilation(new Sgd(new ConstantRate(0.1), 0, false), Loss.CATEGORICAL_CROSSENTROPY);
        FitOptions oneStep = FitOptions.epochs(1).withBatchSize(TRAINING.size()).withSeed(1);
        Compilation decaying = plain.withRateFactors(new LayerDecay(0.5).rateFactors(network()));
        try (Model even = compiled(plain);
                Model uneven = compiled(decaying)) {
            Weights before = even.weights();
            even.fit(TRAINING, oneStep);
            uneven.fit(TRAINING, oneStep);

            assertThat(shareOfChange(before, even, uneven, "linear")).isEqualTo(1, within(1e-3));
            assertThat(shareOfChange(before, even, uneven, "layer3.0.conv1")).isEqualTo(0.5, within(1e-3));
            assertThat(shareOfChange(before, even, uneven, "conv1")).isEqualTo(0.0625, within(1e-3));
        }
    }

    /** How far the kernel of a layer went in one model, as a share of how far it went in the other. */
    private static double shareOfChange(Weights before, Model even, Model uneven, String layer) {
        return distance(before, uneven.weights(), layer) / distance(before, even.weights(), layer);
    }

    private static double distance(Weights one, Weights other, String layer) {
        float[] from = one.get(layer, "kernel").values();
        float[] to = other.get(layer, "kernel").values();
        double sum = 0;
        for (int index = 0; index < from.length; index++) {
            sum += Math.pow(to[index] - from[index], 2);
        }
        return Math.sqrt(sum);
    }
}
