package dev.resnet4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.Shuffle;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.augment.RandomErasing;
import dev.resnet4j.data.batch.Batch;
import dev.resnet4j.data.batch.BatchLoader;
import dev.resnet4j.data.batch.BatchOptions;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.signs.Signs;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.engine.recipe.Recipes;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many pictures a {@link BatchLoader} prepares in a second of processor time, and how long the steps of ResNet-50 wait
 * for it. Processor time is the same on a machine that is busy with other things.
 */
@Command(
        name = "augmentation",
        description = "Pictures of 64x64 prepared in a second of one processor, by augmentation.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class AugmentationBenchmark implements Callable<Integer> {
    private static final int BATCH_SIZE = 32;
    private static final Augmentation ALL = new Augmentation(
            Geometry.affine(15, 0.1, 0.15).withSmallestCrop(0.25).withHorizontalFlip(0.5),
            AutomaticAugmentation.RAND_AUGMENT,
            new ColorJitter(0.4, 0.4, 0.4, 0.1),
            RandomErasing.NONE.withProbability(0.5));
    private static final Mixing BOTH = new Mixing(0.2, 1);

    @Option(names = "--seconds", description = "Of each measurement, after as many to warm up.")
    private double seconds = 3;

    @Option(names = "--steps", description = "Of ResNet-50 in batches of 32, to see whether they wait.")
    private int steps = 10;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AugmentationBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        Dataset pictures = Signs.trainingSet(0);
        cases().forEach((name, options) -> {
            picturesASecond(pictures, options);
            System.out.printf(Locale.ROOT, "%-24s %7.0f%n", name, picturesASecond(pictures, options));
        });
        System.out.printf(
                Locale.ROOT,
                "%nwaiting for pictures with all at once: %.2f %% of %d steps' time%n",
                100 * shareWaited(pictures.take(steps * BATCH_SIZE)),
                steps);
        return 0;
    }

    /** Of the time of the steps of an epoch. */
    private static double shareWaited(Dataset pictures) {
        double[] waited = new double[1];
        Shape picture = Shape.of(pictures.height(), pictures.width(), pictures.channels());
        try (Model model = Model.of(ResNet50.build(picture, pictures.classes()))) {
            model.compile(new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY));
            FitOptions options = FitOptions.epochs(1)
                    .withAugmentation(ALL)
                    .withMixing(BOTH)
                    .withListener(new TrainingListener() {
                        @Override
                        public void onBatchEnd(TrainingListener.Progress progress) {
                            waited[0] = progress.waitedForData();
                        }
                    });
            model.fit(pictures, options);
        }
        return waited[0];
    }

    private static Map<String, BatchOptions> cases() {
        Augmentation none = Augmentation.NONE;
        Map<String, BatchOptions> cases = new LinkedHashMap<>();
        cases.put("none", augmented(none));
        cases.put("flip", augmented(none.withGeometry(Geometry.NONE.withHorizontalFlip(0.5))));
        cases.put("turn, shift, zoom", augmented(none.withGeometry(Geometry.affine(15, 0.1, 0.15))));
        cases.put("brightness, contrast", augmented(none.withColor(ColorJitter.tone(0.15, 0.15))));
        cases.put("all four of colour", augmented(none.withColor(new ColorJitter(0.4, 0.4, 0.4, 0.1))));
        cases.put("RandAugment", augmented(none.withAutomatic(AutomaticAugmentation.RAND_AUGMENT)));
        cases.put("TrivialAugment", augmented(none.withAutomatic(AutomaticAugmentation.TRIVIAL_AUGMENT)));
        cases.put("random erasing", augmented(none.withErasing(RandomErasing.NONE.withProbability(0.5))));
        cases.put("mixup", augmented(none).withMixing(new Mixing(0.2, 0)));
        cases.put("cutmix", augmented(none).withMixing(new Mixing(0, 1)));
        cases.put("recipe 'default'", augmented(Recipes.DEFAULT.pictures().augmentation()));
        cases.put("all at once", augmented(ALL).withMixing(BOTH));
        return cases;
    }

    private static BatchOptions augmented(Augmentation augmentation) {
        return BatchOptions.plain(BATCH_SIZE, Preprocessing.UNIT).withAugmentation(augmentation);
    }

    private double picturesASecond(Dataset pictures, BatchOptions options) {
        long start = processorTime();
        long seen = 0;
        for (int epoch = 0; processorTime() - start < seconds * 1e9; epoch++) {
            try (BatchLoader loader = BatchLoader.shuffled(pictures, options, new Shuffle(1, epoch), 0)) {
                for (Batch batch : loader) {
                    seen += batch.size();
                }
            }
        }
        return seen / ((processorTime() - start) / 1e9);
    }

    /** Of all threads, Java's own among them, in nanoseconds. */
    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
