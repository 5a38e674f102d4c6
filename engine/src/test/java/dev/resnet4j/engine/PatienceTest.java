package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.EarlyStopping;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.ReduceOnPlateau;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training that goes by what the validation pictures say. */
class PatienceTest {
    private static final double RATE = 0.5;
    private static final Dataset TRAINING = SmallData.pictures(24, 1);
    private static final FitOptions OPTIONS =
            FitOptions.epochs(40).withBatchSize(8).withSeed(5).withValidation(SmallData.pictures(6, 2));

    @Test
    void endsAsSoonAsEarlyStoppingIsDue() {
        EarlyStopping rule = new EarlyStopping(3);

        History history = fit(OPTIONS.withEarlyStopping(rule));

        assertThat(history.epochs().size()).isBetween(4, 39);
        assertThat(rule.isDue(history)).isTrue();
        assertThat(rule.isDue(firstEpochs(history, history.epochs().size() - 1)))
                .isFalse();
    }

    @Test
    void whatStoppedEarlyDoesNotGoOn() {
        FitOptions options = OPTIONS.withEarlyStopping(new EarlyStopping(3));
        try (Model model = model()) {
            History stopped = model.fit(TRAINING, options);

            assertThat(model.fit(TRAINING, options.withResume(true))).isEqualTo(stopped);
        }
    }

    @Test
    void multipliesTheRateOfTheScheduleOnEachPlateau() {
        ReduceOnPlateau rule = new ReduceOnPlateau(2, 0.5);

        History history = fit(OPTIONS.withReduceOnPlateau(rule));

        assertThat(history.epochs())
                .hasSize(40)
                .allSatisfy(epoch -> assertThat(epoch.learningRate())
                        .isEqualTo(RATE * rule.rateFactor(firstEpochs(history, epoch.number() - 1))));
        assertThat(history.epochs().get(39).learningRate()).isLessThan(RATE / 4);
    }

    @Test
    void needsValidationPictures() {
        FitOptions unjudged = FitOptions.epochs(1).withBatchSize(8);

        assertThatThrownBy(() -> fit(unjudged.withEarlyStopping(new EarlyStopping(3))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("there are none");
        assertThatThrownBy(() -> fit(unjudged.withReduceOnPlateau(new ReduceOnPlateau(3, 0.1))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("there are none");
    }

    private static History firstEpochs(History history, int count) {
        return new History(List.copyOf(history.epochs().subList(0, count)));
    }

    private static History fit(FitOptions options) {
        try (Model model = model()) {
            return model.fit(TRAINING, options);
        }
    }

    private static Model model() {
        Model model = Model.of(SmallData.network());
        model.compile(new Sgd(new ConstantRate(RATE), 0.9, true), Loss.CATEGORICAL_CROSSENTROPY);
        return model;
    }
}
