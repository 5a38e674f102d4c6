package dev.resnet4j.data.batch;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Shuffle;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which pictures an epoch sees, and in what order. There are as many as the data set has. */
public enum Sampling {
    /** Each picture once. */
    EVERY_PICTURE,
    /**
     * Drawn with replacement, for classes with few pictures beside others with many: first a class, each that has
     * pictures as likely as the others, then one of its pictures. A picture of a small class is seen several times an
     * epoch, each time changed anew by the augmentation.
     */
    BALANCED;

    /** The place in the data set of each picture of an epoch. */
    int[] order(Dataset dataset, Shuffle shuffle) {
        return switch (this) {
            case EVERY_PICTURE -> shuffle.order(dataset.size());
            case BALANCED -> balanced(dataset, new SplittableRandom(shuffle.seedOfSampling()));
        };
    }

    private static int[] balanced(Dataset dataset, SplittableRandom random) {
        List<int[]> byClass = IntStream.range(0, dataset.classes())
                .mapToObj(label -> picturesOf(dataset, label))
                .filter(pictures -> pictures.length > 0)
                .toList();
        int[] order = new int[dataset.size()];
        for (int place = 0; place < order.length; place++) {
            int[] pictures = byClass.get(random.nextInt(byClass.size()));
            order[place] = pictures[random.nextInt(pictures.length)];
        }
        return order;
    }

    private static int[] picturesOf(Dataset dataset, int label) {
        return IntStream.range(0, dataset.size())
                .filter(index -> dataset.labels().get(index) == label)
                .toArray();
    }

    /** The word for it: {@code every-picture}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
