package dev.resnet4j.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
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
    void theDefaultWorksForASingleEpochToo() {
        LearningRate rate =
                Recipes.DEFAULT.withEpochs(1).compilation(34 * 32).optimizer().learningRate();

        assertThat(rate.at(33)).isPositive().isLessThanOrEqualTo(0.001);
    }

    @Test
    void aScheduleWithoutWarmUpStartsAtTheHighestRate() {
        Recipe recipe = Recipes.DEFAULT
                .withOptimizer(OptimizerSettings.sgd(0.1))
                .withSchedule(new ScheduleSettings(ScheduleSettings.Kind.COSINE, 0, 0));

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
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> Recipes.DEFAULT.withEpochs(0)).hasMessageContaining("were 0 and 32");
        assertThatThrownBy(() -> OptimizerSettings.adam(-1)).hasMessageContaining("above 0, but was -1");
        assertThatThrownBy(() -> new ScheduleSettings(ScheduleSettings.Kind.COSINE, -1, 0))
                .hasMessageContaining("at least 0, but were -1");
    }
}
