package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.training.History.Epoch;
import dev.resnet4j.model.training.History.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final Epoch first = new Epoch(1, new Scores(1.8, 0.2), Optional.empty(), 0.001, 12.5);
    private final Epoch second = new Epoch(2, new Scores(0.9, 0.7), Optional.of(new Scores(1.1, 0.6)), 0.001, 12.1);

    @Test
    void growsByAnEpochAndLeavesTheShorterOneAsItWas() {
        History one = History.EMPTY.plus(first);
        History two = one.plus(second);

        assertThat(History.EMPTY.epochs()).isEmpty();
        assertThat(one.epochs()).containsExactly(first);
        assertThat(two.epochs()).containsExactly(first, second);
    }

    @Test
    void takesTheHighestValidationAccuracyForTheBestAndAmongEqualsTheLowestLoss() {
        History history =
                judged(new Scores(0.5, 0.8), new Scores(0.9, 0.9), new Scores(0.7, 0.9), new Scores(0.7, 0.9));

        assertThat(history.best().orElseThrow().number()).isEqualTo(3);
        assertThat(History.EMPTY.plus(first).best()).isEmpty();
        assertThat(History.EMPTY.plus(first).plus(second).best()).contains(second);
    }

    static History judged(Scores... validations) {
        History history = History.EMPTY;
        for (Scores validation : validations) {
            int number = history.epochs().size() + 1;
            history = history.plus(
                    new Epoch(number, new Scores(1.0 / number, 0.9), Optional.of(validation), 0.1, number));
        }
        return history;
    }

    /** Epochs of these accuracies, all of one loss. */
    static History accuracies(double... accuracies) {
        return judged(Arrays.stream(accuracies)
                .mapToObj(accuracy -> new Scores(1, accuracy))
                .toArray(Scores[]::new));
    }

    @Test
    void doesNotChangeWithTheListItWasMadeFrom() {
        List<Epoch> epochs = new ArrayList<>(List.of(first));
        History history = new History(epochs);
        epochs.add(second);

        assertThat(history.epochs()).containsExactly(first);
        assertThatThrownBy(() -> history.epochs().add(second)).isInstanceOf(UnsupportedOperationException.class);
    }
}
