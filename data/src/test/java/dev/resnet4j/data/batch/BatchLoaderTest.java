package dev.resnet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.DataException;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.Shuffle;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchLoaderTest {
    private static final Augmentation STRONG = Augmentation.NONE
            .withGeometry(Geometry.affine(30, 0.2, 0.2).withHorizontalFlip(0.5))
            .withColor(ColorJitter.tone(0.2, 0.2));

    @BeforeEach
    void waitForThreadsOfTestsBefore() throws InterruptedException {
        await(() -> preparers().isEmpty());
    }

    @Test
    void givesThePicturesInOrderAndTheRestInASmallerBatch() {
        try (BatchLoader loader = BatchLoader.inOrder(Pictures.numbered(10), 4, Preprocessing.RAW)) {
            List<Batch> batches = all(loader);

            assertThat(loader.batches()).isEqualTo(3);
            assertThat(batches).extracting(Batch::size).containsExactly(4, 4, 2);
            assertThat(numbers(batches))
                    .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        }
    }

    @Test
    void laysPicturesOutChannelsLastAndLabelsOneHot() {
        try (BatchLoader loader = BatchLoader.inOrder(Pictures.numbered(2), 2, Preprocessing.RAW)) {
            Batch batch = loader.iterator().next();

            assertThat(batch.height()).isEqualTo(2);
            assertThat(batch.width()).isEqualTo(2);
            assertThat(batch.channels()).isEqualTo(3);
            assertThat(batch.classes()).isEqualTo(3);
            assertThat(batch.images()).hasSize(24).startsWith(0f, 0f).endsWith(1f, 1f);
            assertThat(batch.labels()).containsExactly(1, 0, 0, 0, 1, 0);
        }
    }

    @Test
    void shufflesInTheEpochsOrder() {
        Shuffle shuffle = new Shuffle(5, 2);
        try (BatchLoader loader = shuffled(Augmentation.NONE, shuffle, 0)) {
            assertThat(numbers(all(loader)))
                    .containsExactlyElementsOf(
                            IntStream.of(shuffle.order(50)).boxed().toList());
        }
    }

    @Test
    void goesOnInTheMiddleOfAnEpochWithTheSameNumbers() {
        BatchOptions options = augmented(8).withMixing(new Mixing(1, 1)).withSampling(Sampling.BALANCED);
        Dataset pictures = Pictures.numbered(50);
        try (BatchLoader whole = BatchLoader.shuffled(pictures, options, new Shuffle(5, 2), 0);
                BatchLoader rest = BatchLoader.shuffled(pictures, options, new Shuffle(5, 2), 3)) {
            List<Batch> expected = all(whole).subList(3, 7);
            List<Batch> actual = all(rest);

            assertThat(actual).hasSameSizeAs(expected);
            for (int batch = 0; batch < actual.size(); batch++) {
                assertThat(actual.get(batch).images())
                        .isEqualTo(expected.get(batch).images());
                assertThat(actual.get(batch).labels())
                        .isEqualTo(expected.get(batch).labels());
            }
        }
    }

    @Test
    void augmentsAPictureAnewInEachEpoch() {
        Dataset one = new Dataset(List.of(Pictures.noise(8, 8, 1)), List.of(0), List.of("a"));
        try (BatchLoader first = loaderOfOne(one, 0);
                BatchLoader second = loaderOfOne(one, 1)) {
            assertThat(first.iterator().next().images())
                    .isNotEqualTo(second.iterator().next().images());
        }
    }

    @Test
    void augmentsEachPictureInItsOwnWay() {
        Image image = Pictures.noise(8, 8, 1);
        Dataset twice = new Dataset(List.of(image, image), List.of(0, 0), List.of("a"));
        try (BatchLoader loader = BatchLoader.shuffled(twice, augmented(2), new Shuffle(5, 0), 0)) {
            float[] images = loader.iterator().next().images();

            assertThat(Arrays.copyOf(images, 192)).isNotEqualTo(Arrays.copyOfRange(images, 192, 384));
        }
    }

    @Test
    void augmentsAPictureDrawnTwiceInTwoWays() {
        Dataset one = new Dataset(List.of(Pictures.noise(8, 8, 1)), List.of(0), List.of("a"));
        EpochBatches epoch = new EpochBatches(one, new int[] {0, 0}, augmented(2), new Shuffle(5, 0));
        float[] images = epoch.make(0).images();

        assertThat(Arrays.copyOf(images, 192)).isNotEqualTo(Arrays.copyOfRange(images, 192, 384));
    }

    @Test
    void startingAtTheEndGivesNothing() {
        try (BatchLoader loader = shuffled(Augmentation.NONE, new Shuffle(5, 2), 7)) {
            assertThat(loader.iterator().hasNext()).isFalse();
            assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void refusesAStartBehindTheEndAndAnEmptyBatch() {
        assertThatThrownBy(() -> shuffled(Augmentation.NONE, new Shuffle(5, 2), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8");
        assertThatThrownBy(() -> BatchLoader.inOrder(Pictures.numbered(1), 0, Preprocessing.RAW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void handsAFailureOfThePreparerToTheConsumer() {
        Dataset grey = new Dataset(List.of(Pictures.grey(1, 1, 5)), List.of(0), List.of("a"));
        try (BatchLoader loader = BatchLoader.inOrder(grey, 1, Preprocessing.TORCH)) {
            Iterator<Batch> batches = loader.iterator();

            assertThatThrownBy(batches::next).isInstanceOf(DataException.class).hasMessageContaining("torch");
            assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void waitsForTheConsumerInsteadOfPreparingEverything() throws InterruptedException {
        try (BatchLoader loader = BatchLoader.inOrder(Pictures.numbered(100), 1, Preprocessing.RAW)) {
            Thread preparer = preparers().get(0);
            await(() -> preparer.getState() == Thread.State.WAITING);

            assertThat(numbers(all(loader))).hasSize(100);
            preparer.join(5000);
            assertThat(preparer.isAlive()).isFalse();
        }
    }

    @Test
    void closingStopsTheThread() throws InterruptedException {
        BatchLoader loader = BatchLoader.inOrder(Pictures.numbered(100), 1, Preprocessing.RAW);
        List<Thread> running = preparers();
        assertThat(running).isNotEmpty().allMatch(Thread::isDaemon);
        loader.close();
        loader.close();

        for (Thread thread : running) {
            thread.join(5000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptedConsumerIsToldAndStaysInterrupted() {
        try (BatchLoader loader = BatchLoader.inOrder(Pictures.numbered(4), 1, Preprocessing.RAW)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void countsTheTimeThatTheConsumerWaits() {
        Dataset large = new Dataset(List.of(Pictures.noise(2000, 2000, 1)), List.of(0), List.of("a"));
        try (BatchLoader loader = BatchLoader.shuffled(large, augmented(1), new Shuffle(1, 0), 0)) {
            assertThat(loader.waitedNanoseconds()).isZero();
            long start = System.nanoTime();
            loader.iterator().next();
            long passed = System.nanoTime() - start;

            assertThat(loader.waitedNanoseconds()).isPositive().isLessThanOrEqualTo(passed);
        }
    }

    private static BatchLoader shuffled(Augmentation augmentation, Shuffle shuffle, int startBatch) {
        return BatchLoader.shuffled(
                Pictures.numbered(50),
                BatchOptions.plain(8, Preprocessing.RAW).withAugmentation(augmentation),
                shuffle,
                startBatch);
    }

    private static BatchLoader loaderOfOne(Dataset one, int epoch) {
        return BatchLoader.shuffled(one, augmented(1), new Shuffle(5, epoch), 0);
    }

    private static BatchOptions augmented(int batchSize) {
        return BatchOptions.plain(batchSize, Preprocessing.RAW).withAugmentation(STRONG);
    }

    private static List<Batch> all(BatchLoader loader) {
        List<Batch> batches = new ArrayList<>();
        for (Batch batch : loader) {
            batches.add(batch);
        }
        return batches;
    }

    /** The number that stands in every pixel of each numbered picture. */
    private static List<Integer> numbers(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> IntStream.range(0, batch.size()).mapToObj(place ->
                        (int) batch.images()[place * batch.height() * batch.width() * batch.channels()]))
                .toList();
    }

    private static List<Thread> preparers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("resnet4j-batches") && thread.isAlive())
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
