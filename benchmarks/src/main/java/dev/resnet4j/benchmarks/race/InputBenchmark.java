package dev.resnet4j.benchmarks.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.Datasets;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.Shuffle;
import dev.resnet4j.data.batch.Batch;
import dev.resnet4j.data.batch.BatchLoader;
import dev.resnet4j.data.batch.BatchOptions;
import dev.resnet4j.engine.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether pictures come as fast as training takes them: JPEG files decoded and resized, which a data set is once, and
 * augmented, which each epoch is, beside the steps of ResNet-50.
 */
@Command(
        name = "input",
        description = "JPEG files decoded, resized and augmented in a second, beside what training takes.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class InputBenchmark implements Callable<Integer> {
    private static final int PHOTO_WIDTH = 500;
    private static final int PHOTO_HEIGHT = 375;
    private static final int TRAINING_STEPS = 4;

    /** Sizes of the pictures, and the batches in which training takes them. */
    private enum Size {
        SMALL(64, 32),
        LARGE(224, 8);

        private final int side;
        private final int batch;

        Size(int side, int batch) {
            this.side = side;
            this.batch = batch;
        }
    }

    @Option(names = "--precision", description = "fp32 or bf16, of training.")
    private NumberFormat precision = NumberFormat.FP32;

    @Option(names = "--pictures", description = "JPEG files of 500x375.")
    private int pictures = 256;

    @Option(names = "--rounds", description = "How often each is timed.")
    private int rounds = 5;

    @Option(names = "--benchmarks", hidden = true, required = true, description = "This module's folder.")
    private Path benchmarks;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new InputBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode json = Json.object();
        json.put("task", "input");
        json.put("precision", precision.toString());
        ObjectNode speeds = json.putObject("pictures_per_second");
        ObjectNode ratios = json.putObject("ratio_to_training");
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            writePhotos(folder.path());
            for (Size size : Size.values()) {
                Rounds measured = measure(folder.path(), size);
                System.out.println(measured.text(size.side));
                measured.addTo(speeds.putObject(Integer.toString(size.side)));
                ratios.put(
                        Integer.toString(size.side),
                        Json.rounded(measured.ratio().median(), 2));
            }
        }
        System.out.println();
        System.out.println(Json.line(json));
        return 0;
    }

    private void writePhotos(Path folder) throws IOException {
        for (int photo = 0; photo < pictures; photo++) {
            Path ofClass = folder.resolve("class" + photo % 2);
            Files.createDirectories(ofClass);
            SyntheticPhoto.write(ofClass.resolve(photo + ".jpg"), photo, PHOTO_WIDTH, PHOTO_HEIGHT);
        }
    }

    private Rounds measure(Path folder, Size size) throws IOException, InterruptedException {
        Rounds measured = new Rounds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        decode(folder, size); // Java compiles what is used often.
        augment(decode(folder, size), size);
        Turn turn = new Turn(Task.TRAINING, precision, size.batch, size.side, TRAINING_STEPS, "");
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            Dataset decoded = decode(folder, size);
            measured.decoded().add(perSecond(start));
            start = System.nanoTime();
            augment(decoded, size);
            measured.augmented().add(perSecond(start));
            measured.trained().add(new TurnProcess(benchmarks, false).picturesPerSecond(Entrant.RESNET4J, turn));
        }
        return measured;
    }

    private double perSecond(long start) {
        return pictures / ((System.nanoTime() - start) / 1e9);
    }

    /** As {@code train} reads a folder: on all cores. */
    private static Dataset decode(Path folder, Size size) {
        DatasetOptions options = DatasetOptions.DEFAULT.withImageSize(new ImageSize(size.side, size.side));
        return Datasets.open(folder.toString(), options).dataset();
    }

    /** As {@code train} prepares an epoch: on one core beside the training. */
    private static void augment(Dataset decoded, Size size) {
        BatchOptions options = BatchOptions.plain(size.batch, Preprocessing.UNIT)
                .withAugmentation(Recipes.DEFAULT.pictures().augmentation());
        int seen = 0;
        try (BatchLoader loader = BatchLoader.shuffled(decoded, options, new Shuffle(1, 0), 0)) {
            for (Batch batch : loader) {
                seen += batch.size();
            }
        }
        if (seen != decoded.size()) {
            throw new IllegalStateException("an epoch gave " + seen + " pictures of " + decoded.size());
        }
    }

    /**
     * Pictures a second of each round.
     *
     * @param decoded read, decoded and resized, by all cores
     * @param augmented changed at random and made numbers, by one core
     * @param trained taken by training
     */
    private record Rounds(List<Double> decoded, List<Double> augmented, List<Double> trained) {
        /** Where one follows the other. */
        private double together(int round) {
            return 1 / (1 / decoded.get(round) + 1 / augmented.get(round));
        }

        private Figures together() {
            return new Figures(
                    IntStream.range(0, decoded.size()).mapToObj(this::together).toList());
        }

        Figures ratio() {
            return new Figures(IntStream.range(0, decoded.size())
                    .mapToObj(round -> together(round) / trained.get(round))
                    .toList());
        }

        String text(int side) {
            return String.format(
                    Locale.ROOT,
                    "%dx%d: decoded and resized %s, augmented %s, one after the other %s, training takes %s"
                            + " pictures/s; %s times as many as it takes",
                    side,
                    side,
                    new Figures(decoded).text("%.0f"),
                    new Figures(augmented).text("%.0f"),
                    together().text("%.0f"),
                    new Figures(trained).text("%.1f"),
                    ratio().text("%.1f"));
        }

        void addTo(ObjectNode json) {
            json.put("decode_and_resize", Json.rounded(new Figures(decoded).median(), 1));
            json.put("augment", Json.rounded(new Figures(augmented).median(), 1));
            json.put("together", Json.rounded(together().median(), 1));
            json.put("training", Json.rounded(new Figures(trained).median(), 1));
        }
    }
}
