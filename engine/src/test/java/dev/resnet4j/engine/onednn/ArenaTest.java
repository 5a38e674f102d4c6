package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which blocks share memory. */
class ArenaTest {
    @Test
    void blocksThatNeverMeetShareAPlace() {
        Arena arena = Arena.of(List.of(100L, 300L, 200L), (first, second) -> false);

        assertThat(arena.bytes()).isEqualTo(300);
        assertThat(arena.offsets()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void blocksThatMeetLieApart() {
        Arena arena = Arena.of(List.of(100L, 300L, 200L), (first, second) -> true);

        assertThat(arena.offsets()).containsExactly(512L + 64, 0L, 320L);
        assertThat(arena.bytes()).isEqualTo(512 + 64 + 100);
    }

    @Test
    void aGapThatIsLargeEnoughIsTaken() {
        // The first three lie in a row; the last meets the outer two alone.
        Arena arena = Arena.of(
                List.of(640L, 320L, 192L, 64L), (first, second) -> first + second != 4 || first.equals(second));

        assertThat(arena.offsets()).containsExactly(0L, 640L, 960L, 640L);
    }

    @Test
    void nothingTakesNoMemory() {
        assertThat(Arena.of(List.of(), (first, second) -> true)).isEqualTo(new Arena(0, List.of()));
    }
}
