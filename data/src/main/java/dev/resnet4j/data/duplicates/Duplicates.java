package dev.resnet4j.data.duplicates;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Interpolation;
import dev.resnet4j.data.PillowResize;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the pictures of a test set that stand in the training set too, also in another size or after a lossy format such
 * as JPEG.
 *
 * <p>Two pictures are taken for one where their {@link PerceptualHash}es differ by at most 10 bits, and, both brought to
 * 16x16 pixels, their values by at most 2.5 of 255 in the mean. The hash alone cannot tell pictures of one series apart:
 * in the tutorial's hand signs, copies that went through JPEG differ by 1.1 to 2.2, and another photo of the same hand,
 * taken a moment later, by 3.2 and more. Mirrored, turned and cropped copies are not found.
 */
public final class Duplicates {
    private static final int MOST_BITS = 10;
    private static final double LARGEST_DIFFERENCE = 2.5;
    private static final ImageSize SMALL = new ImageSize(16, 16);

    private Duplicates() {}

    /**
     * The pairs of a training and a test picture that show the same, in the order of the test pictures, then of the
     * training pictures. A picture may be in several.
     *
     * @param training of any size; compared in grey where only one of the data sets has colours
     * @param test of any size
     */
    public static List<Duplicate> between(Dataset training, Dataset test) {
        boolean grey = training.channels() != test.channels();
        List<Fingerprint> ofTraining = fingerprints(training, grey);
        List<Fingerprint> ofTest = fingerprints(test, grey);
        List<Duplicate> duplicates = new ArrayList<>();
        for (int tested = 0; tested < ofTest.size(); tested++) {
            for (int trained = 0; trained < ofTraining.size(); trained++) {
                Fingerprint one = ofTest.get(tested);
                Fingerprint other = ofTraining.get(trained);
                int distance = one.hash().distance(other.hash());
                if (distance <= MOST_BITS && one.difference(other) <= LARGEST_DIFFERENCE) {
                    duplicates.add(new Duplicate(trained, tested, distance));
                }
            }
        }
        return duplicates;
    }

    private static List<Fingerprint> fingerprints(Dataset dataset, boolean grey) {
        return dataset.images().parallelStream()
                .map(image -> Fingerprint.of(grey ? image.toGrey() : image))
                .toList();
    }

    private record Fingerprint(PerceptualHash hash, Image small) {
        static Fingerprint of(Image image) {
            return new Fingerprint(PerceptualHash.of(image), PillowResize.resize(image, SMALL, Interpolation.BOX));
        }

        /** The mean of the values' differences. */
        double difference(Fingerprint other) {
            byte[] ours = small.pixels();
            byte[] theirs = other.small.pixels();
            long sum = 0;
            for (int index = 0; index < ours.length; index++) {
                sum += Math.abs(Byte.toUnsignedInt(ours[index]) - Byte.toUnsignedInt(theirs[index]));
            }
            return (double) sum / ours.length;
        }
    }
}
