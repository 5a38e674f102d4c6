package dev.resnet4j.benchmarks.race;

import java.util.List;
import java.util.stream.Stream;

/** What grows from one race to the next. */
enum Axis {
    BATCH("Pictures a step, each 64x64"),
    SIZE("Height and width of the pictures (32 a step, 8 at 224, 2 at 448)");

    private final String title;

    Axis(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Where a batch is on this axis. */
    int coordinate(PictureBatch batch) {
        return switch (this) {
            case BATCH -> batch.batch();
            case SIZE -> batch.side();
        };
    }

    /** From small to large. */
    List<PictureBatch> places() {
        return switch (this) {
            case BATCH ->
                Stream.of(1, 2, 4, 8, 16, 32, 64, 128)
                        .map(batch -> new PictureBatch(batch, 64))
                        .toList();
            // Fewer where they are large: a step's feature maps must fit into memory, and its time into a turn.
            case SIZE ->
                List.of(
                        new PictureBatch(32, 32),
                        new PictureBatch(32, 64),
                        new PictureBatch(32, 128),
                        new PictureBatch(8, 224),
                        new PictureBatch(2, 448));
        };
    }
}
