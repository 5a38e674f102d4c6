package dev.resnet4j.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.EarlyStopping;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.ReduceOnPlateau;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void theTutorialsIsKerasOwnAdam() {
        assertThat(Recipes.TUTORIAL.compilation(1080))
                .isEqualTo(new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY));
        assertThat(Recipes.TUTORIAL.pictures()).isEqualTo(PictureSettings.UNCHANGED);
        assertThat(Recipes.TUTORIAL.epochs()).isEqualTo(2);
    }

    @Test
    void theDefaultWarmsUpForAnEpochAndDecaysToTheLastStep() {
        Recipe recipe = Recipes.DEFAULT.withEpochs(10).withOptimizer(OptimizerSettings.adam(0.002));

        LearningRate rate = recipe.compilation(34 * 32).optimizer().learningRate();

        assertThat(rate.at(0)).isZero();
        assertThat(rate.at(17)).isEqualTo(0.001, within(1e-9));
        assertThat(rate.at(34)).isEqualTo(0.002, within(1e-9));
        assertThat(rate.at(340)).isEqualTo(0.00002, within(1e-9));
    }

    @Test
    void fineTuningWarmsUpToASmallRateOfSgd() {
        Compilation compilation = Recipes.FINETUNE.compilation(1000);

        assertThat(compilation.optimizer()).isInstanceOf(Sgd.class);
        assertThat(compilation.optimizer().learningRate().at(32)).isEqualTo(0.03, within(1e-9));
    }

    @Test
    void theDefaultWorksForASingleEpochToo() {
        LearningRate rate =
                Recipes.DEFAULT.withEpochs(1).compilation(34 * 32).optimizer().learningRate();

        assertThat(rate.at(33)).isPositive().isLessThanOrEqualTo(0.001);
    }

    @Test
    void aScheduleWithoutWarmUpStartsAtTheHighestRate() {
        Recipe recipe =
                Recipes.DEFAULT.withOptimizer(OptimizerSettings.sgd(0.1)).withSchedule(ScheduleSettings.cosine(0, 0));

        Compilation compilation = recipe.compilation(1000);

        assertThat(compilation.optimizer()).isInstanceOf(Sgd.class);
        assertThat(compilation.optimizer().learningRate().at(0)).isEqualTo(0.1);
        assertThat(recipe.withSchedule(ScheduleSettings.CONSTANT)
                        .compilation(1000)
                        .optimizer()
                        .learningRate())
                .isEqualTo(new ConstantRate(0.1));
    }

    @Test
    void givesTheNetworkItsMomentumOfBatchNormalisation() {
        Network network = Recipes.DEFAULT.prepare(ResNet50.build(Shape.of(64, 64, 3), 6));

        assertThat(network.layers().stream()
                        .map(node -> node.layer())
                        .filter(BatchNormalization.class::isInstance)
                        .map(layer -> ((BatchNormalization) layer).momentum()))
                .hasSize(53)
                .containsOnly(0.9);
    }

    @Test
    void handsOnWhatIsDoneWithThePictures() {
        Image pixel = new Image(1, 1, 1, new byte[1]);
        Dataset uneven = new Dataset(List.of(pixel, pixel, pixel, pixel), List.of(0, 0, 0, 1), List.of("a", "b"));
        Recipe recipe = Recipes.DEFAULT.withPictures(Recipes.DEFAULT
                .pictures()
                .withMixing(new Mixing(0.2, 1))
                .withSampling(Sampling.BALANCED)
                .withClassWeights(ClassWeighting.BALANCED));

        FitOptions options = recipe.fitOptions(uneven);

        assertThat(options.augmentation()).isEqualTo(Recipes.DEFAULT.pictures().augmentation());
        assertThat(options.mixing()).isEqualTo(new Mixing(0.2, 1));
        assertThat(options.sampling()).isEqualTo(Sampling.BALANCED);
        assertThat(options.classWeights()).containsExactly(4 / 6.0, 2.0);
        assertThat(Recipes.DEFAULT.fitOptions(uneven).classWeights()).isEmpty();
    }

    @Test
    void cifarFallsToATenthAtHalfAndThreeQuartersAsThePaperDoes() {
        long stepsPerEpoch = 391;

        Sgd sgd = (Sgd) Recipes.CIFAR.compilation(50_000).optimizer();

        assertThat(sgd.learningRate().at(0)).isEqualTo(0.1);
        assertThat(sgd.learningRate().at(82 * stepsPerEpoch - 1)).isEqualTo(0.1);
        assertThat(sgd.learningRate().at(82 * stepsPerEpoch)).isEqualTo(0.01, within(1e-12));
        assertThat(sgd.learningRate().at(123 * stepsPerEpoch)).isEqualTo(0.001, within(1e-12));
        assertThat(Recipes.CIFAR.epochs() * stepsPerEpoch).isCloseTo(64_000, Percentage.withPercentage(0.5));
        assertThat(sgd.momentum()).isEqualTo(0.9);
        assertThat(sgd.nesterov()).isFalse();
        assertThat(sgd.weightDecay()).isEqualTo(0.0001);
    }

    @Test
    void imagenetWarmsUpFromAHundredthAndDecaysToNothing() {
        long stepsPerEpoch = 1252;

        Compilation compilation = Recipes.IMAGENET.compilation(1_281_167);
        LearningRate rate = compilation.optimizer().learningRate();

        assertThat(rate.at(0)).isEqualTo(0.005, within(1e-12));
        assertThat(rate.at(5 * stepsPerEpoch)).isEqualTo(0.5, within(1e-12));
        assertThat(rate.at(600L * stepsPerEpoch)).isZero();
        assertThat(compilation.loss()).isEqualTo(new Loss(0.1));
        double torchvisionsShare = (1 - 0.99998) * 1024 * 32 / 600;
        assertThat(Math.pow(compilation.average().orElseThrow().momentum(), 32))
                .isEqualTo(1 - torchvisionsShare, within(1e-5));
    }

    @Test
    void stepsFallAfterTheEpochsThatAreNamed() {
        ScheduleSettings steps = new ScheduleSettings(ScheduleSettings.Kind.STEP, 1, 0.5, 0, List.of(2, 3), 0.5);

        LearningRate rate = steps.of(0.8, 4, 10);

        assertThat(rate.at(0)).isEqualTo(0.4);
        assertThat(rate.at(5)).isEqualTo(0.6, within(1e-12));
        assertThat(rate.at(19)).isEqualTo(0.8);
        assertThat(rate.at(20)).isEqualTo(0.4);
        assertThat(rate.at(39)).isEqualTo(0.2);
    }

    @Test
    void aConstantRateWarmsUpWhereItIsTold() {
        LearningRate rate =
                new ScheduleSettings(ScheduleSettings.Kind.CONSTANT, 2, 0, 0, List.of(), 0.1).of(0.2, 10, 5);

        assertThat(rate.at(5)).isEqualTo(0.1, within(1e-12));
        assertThat(rate.at(10)).isEqualTo(0.2);
        assertThat(rate.at(49)).isEqualTo(0.2);
    }

    @Test
    void oneCycleIsHighestAfterThreeTenthsOfTheSteps() {
        LearningRate rate =
                ScheduleSettings.usual(ScheduleSettings.Kind.ONE_CYCLE).of(1, 10, 100);

        assertThat(rate.at(0)).isEqualTo(0.04, within(1e-12));
        assertThat(rate.at(299)).isEqualTo(1, within(1e-12));
        assertThat(rate.at(999)).isEqualTo(0.04 / 10_000, within(1e-12));
    }

    @Test
    void stepsOfSeveralBatchesMakeTheScheduleShorter() {
        Recipe recipe = Recipes.DEFAULT.withOptimizer(
                new OptimizerSettings(OptimizerSettings.Kind.ADAMW, 0.01, 0, false, 0.1, 2, 4));

        Compilation compilation = recipe.compilation(33 * 32);

        assertThat(compilation.gradientAccumulationSteps()).isEqualTo(4);
        assertThat(compilation.globalClipnorm()).hasValue(2);
        assertThat(compilation.optimizer().weightDecay()).isEqualTo(0.1);
        // 33 batches are 9 steps: 8 of 4 batches and one of what is left.
        assertThat(compilation.optimizer().learningRate().at(9)).isEqualTo(0.01, within(1e-12));
        assertThat(compilation.optimizer().learningRate().at(9 * 32)).isEqualTo(0.0001, within(1e-12));
    }

    @Test
    void theUsualNumbersOfAnOptimizerAreKerasOwn() {
        assertThat(OptimizerSettings.usual(OptimizerSettings.Kind.ADAM).at(new ConstantRate(0.001)))
                .isEqualTo(new Adam());
        assertThat(OptimizerSettings.usual(OptimizerSettings.Kind.ADAMW).at(new ConstantRate(0.001)))
                .isEqualTo(new AdamW());
        assertThat(OptimizerSettings.usual(OptimizerSettings.Kind.SGD).at(new ConstantRate(0.01)))
                .isEqualTo(new Sgd().withMomentum(0.9).withNesterov(true));
    }

    @Test
    void zeroInitResidualMakesTheLastGammaOfEachBlockZeros() {
        Recipe recipe = Recipes.DEFAULT.withNetwork(new NetworkSettings(0.9, true));

        Network network = recipe.prepare(ResNet50.build(Shape.of(64, 64, 3), 6));

        assertThat(network.layers().stream()
                        .map(node -> node.layer())
                        .filter(layer -> layer instanceof BatchNormalization normalization
                                && normalization.gammaInitializer() instanceof Zeros))
                .hasSize(16);
    }

    @Test
    void handsOnItsPatience() {
        Image pixel = new Image(1, 1, 1, new byte[1]);
        Dataset pictures = new Dataset(List.of(pixel, pixel), List.of(0, 1), List.of("a", "b"));

        FitOptions options =
                Recipes.DEFAULT.withPatience(new PatienceSettings(5, 3, 0.2)).fitOptions(pictures);

        assertThat(options.earlyStopping()).contains(new EarlyStopping(5));
        assertThat(options.reduceOnPlateau()).contains(new ReduceOnPlateau(3, 0.2));
        assertThat(Recipes.DEFAULT.fitOptions(pictures).earlyStopping()).isEmpty();
        assertThat(Recipes.DEFAULT.fitOptions(pictures).reduceOnPlateau()).isEmpty();
    }

    @Test
    void refusesNumbersOfAnotherOptimizerOrSchedule() {
        assertThatThrownBy(() -> new OptimizerSettings(OptimizerSettings.Kind.ADAM, 0.001, 0, false, 0.1, 0, 1))
                .hasMessageContaining("adam has no weight decay, but was given 0.1: take adamw");
        assertThatThrownBy(() -> new OptimizerSettings(OptimizerSettings.Kind.ADAMW, 0.001, 0.9, false, 0.1, 0, 1))
                .hasMessageContaining("a number of sgd, but was 0.9 for adamw");
        assertThatThrownBy(() -> new ScheduleSettings(ScheduleSettings.Kind.ONE_CYCLE, 1, 0, 0, List.of(), 0.1))
                .hasMessageContaining("grows by itself, but was given a warm-up of 1.0 epochs");
        assertThatThrownBy(() -> new ScheduleSettings(ScheduleSettings.Kind.STEP, 0, 0, 0, List.of(5, 5), 0.1))
                .hasMessageContaining("ascend, but were [5, 5]");
        assertThatThrownBy(() -> new PatienceSettings(-1, 0, 0.1)).hasMessageContaining("-1 and 0");
        assertThatThrownBy(() -> new PatienceSettings(0, 1, 1)).hasMessageContaining("below 1, but was 1.0");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> Recipes.DEFAULT.withEpochs(0)).hasMessageContaining("were 0 and 32");
        assertThatThrownBy(() -> OptimizerSettings.adam(-1)).hasMessageContaining("above 0, but was -1");
        assertThatThrownBy(() -> ScheduleSettings.cosine(-1, 0)).hasMessageContaining("at least 0, but were -1");
    }
}
