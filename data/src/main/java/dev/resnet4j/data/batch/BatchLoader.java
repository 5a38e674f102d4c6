package dev.resnet4j.data.batch;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.Shuffle;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * The batches of one pass over a data set, prepared by a background thread ahead of the consumer.
 *
 * <p>Goes through the data once: an iterator goes on where the one before stopped. The last batch has fewer pictures
 * where the batch size does not divide the number of pictures. For one consumer thread; {@link #close} may come from
 * any thread.
 *
 * <pre>{@code
 * try (BatchLoader loader = BatchLoader.inOrder(dataset, 32, Preprocessing.UNIT)) {
 *     for (Batch batch : loader) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public final class BatchLoader implements Iterable<Batch>, AutoCloseable {
    private static final int BATCHES_AHEAD = 2;
    private static final Prepared CLOSED = new Prepared(null, null);

    private final EpochBatches epoch;
    private final BlockingQueue<Prepared> prepared = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(BATCHES_AHEAD);
    private final Thread preparer;
    private int nextBatch;
    private long waitedNanoseconds;
    private volatile boolean closed;

    private BatchLoader(EpochBatches epoch, int startBatch) {
        if (startBatch < 0 || startBatch > epoch.count()) {
            throw new IllegalArgumentException(
                    "the first batch must be from 0 to " + epoch.count() + ", but it is " + startBatch);
        }
        this.epoch = epoch;
        this.nextBatch = startBatch;
        this.preparer = new Thread(() -> prepareFrom(startBatch), "resnet4j-batches");
        preparer.setDaemon(true);
        preparer.start();
    }

    /**
     * The pictures in the data set's own order and as they are: for evaluation and prediction.
     *
     * @param batchSize pictures a batch, at least 1
     */
    public static BatchLoader inOrder(Dataset dataset, int batchSize, Preprocessing preprocessing) {
        int[] order = IntStream.range(0, dataset.size()).toArray();
        BatchOptions options = BatchOptions.plain(batchSize, preprocessing);
        return new BatchLoader(new EpochBatches(dataset, order, options, new Shuffle(0, 0)), 0);
    }

    /**
     * The pictures of one training epoch in its own order, augmented and mixed.
     *
     * @param shuffle the run's seed and the epoch
     * @param startBatch batches at the epoch's start to leave out, for a run that goes on in its middle; 0 for a whole
     *     epoch
     */
    public static BatchLoader shuffled(Dataset dataset, BatchOptions options, Shuffle shuffle, int startBatch) {
        int[] order = options.sampling().order(dataset, shuffle);
        return new BatchLoader(new EpochBatches(dataset, order, options, shuffle), startBatch);
    }

    /** The number of batches of the whole pass, those left out at its start included. */
    public int batches() {
        return epoch.count();
    }

    /** How long the consumer has waited for batches so far, in nanoseconds. */
    public long waitedNanoseconds() {
        return waitedNanoseconds;
    }

    /**
     * The batches not taken yet. {@code next} throws what went wrong while the batch was prepared (the loader
     * is then closed), a {@link CancellationException} if the waiting thread is interrupted, and an
     * {@link IllegalStateException} if the loader is closed.
     */
    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return nextBatch < batches();
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + batches() + " batches were taken");
                }
                Batch batch = take();
                nextBatch++;
                return batch;
            }
        };
    }

    private Batch take() {
        if (closed) {
            throw closedException();
        }
        long start = System.nanoTime();
        try {
            Prepared taken = prepared.take();
            room.release();
            if (taken.failure() != null) {
                close();
            }
            return taken.batchOrThrow();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the next batch");
        } finally {
            waitedNanoseconds += System.nanoTime() - start;
        }
    }

    private void prepareFrom(int startBatch) {
        try {
            for (int batch = startBatch; batch < batches(); batch++) {
                room.acquire();
                prepared.add(new Prepared(epoch.make(batch), null));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            prepared.add(new Prepared(null, failure));
        }
    }

    /** Stops preparing and drops what is prepared; a consumer that waits is woken. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        preparer.interrupt();
        prepared.clear();
        prepared.add(CLOSED);
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the batch loader is closed");
    }

    /** A batch, or what went wrong while it was prepared, or neither where the loader was closed. */
    private record Prepared(Batch batch, Throwable failure) {
        Batch batchOrThrow() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (batch == null) {
                throw closedException();
            }
            return batch;
        }
    }
}
