package dev.resnet4j.data.batch;

import java.util.SplittableRandom;

/**
 * Pictures of a batch mixed with each other, and their labels with them: each picture with the one before it in the batch,
 * the first with the last. The share of the picture itself is drawn once a batch from Beta(alpha, alpha): a small alpha
 * mostly leaves one of the two nearly alone, 1 makes all shares as likely. Where both are given, each batch draws one of
 * them. A batch of a single picture stays as it is. In this, torchvision's {@code MixUp}, {@code CutMix} and
 * {@code RandomChoice} are followed.
 *
 * @param mixup alpha of Zhang et al. 2018, "mixup": pictures are added up, each times its share; 0 is off
 * @param cutmix alpha of Yun et al. 2019, "CutMix": a box of the one picture is put in the other; 0 is off
 */
public record Mixing(double mixup, double cutmix) {
    /** Pictures stay apart. */
    public static final Mixing NONE = new Mixing(0, 0);

    /** @throws IllegalArgumentException if an alpha is below 0 or not finite */
    public Mixing {
        requireAlpha("mixup", mixup);
        requireAlpha("cutmix", cutmix);
    }

    private static void requireAlpha(String what, double alpha) {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the alpha of " + what + " must be at least 0 and finite, but it is " + alpha);
        }
    }

    Batch apply(Batch batch, long seed) {
        if (batch.size() == 1 || (mixup == 0 && cutmix == 0)) {
            return batch;
        }
        SplittableRandom random = new SplittableRandom(seed);
        return drawsCutmix(random)
                ? cutAndPaste(batch, beta(cutmix, random), random)
                : addUp(batch, beta(mixup, random));
    }

    private boolean drawsCutmix(SplittableRandom random) {
        return mixup == 0 || (cutmix > 0 && random.nextBoolean());
    }

    private static Batch addUp(Batch batch, double share) {
        return batch.with(
                addUp(batch.images(), batch.size(), (float) share), addUp(batch.labels(), batch.size(), (float) share));
    }

    /** Each of so many rows times its share, and the row before it times the rest. */
    private static float[] addUp(float[] rows, int count, float share) {
        float[] mixed = new float[rows.length];
        int length = rows.length / count;
        int before = rows.length - length;
        for (int index = 0; index < rows.length; index++) {
            mixed[index] = share * rows[index] + (1 - share) * rows[before];
            before = before + 1 == rows.length ? 0 : before + 1;
        }
        return mixed;
    }

    private static Batch cutAndPaste(Batch batch, double share, SplittableRandom random) {
        double half = Math.sqrt(1 - share) / 2;
        Side rows = Side.around(random.nextInt(batch.height()), (int) (half * batch.height()), batch.height());
        Side columns = Side.around(random.nextInt(batch.width()), (int) (half * batch.width()), batch.width());
        // The box is cut at the picture's edge: labels are mixed by what is left of it.
        double pasted = (double) rows.length() * columns.length() / ((double) batch.height() * batch.width());
        return batch.with(paste(batch, rows, columns), addUp(batch.labels(), batch.size(), (float) (1 - pasted)));
    }

    private static float[] paste(Batch batch, Side rows, Side columns) {
        float[] images = batch.images().clone();
        int rowLength = batch.width() * batch.channels();
        int pictureLength = batch.height() * rowLength;
        for (int picture = 0; picture < batch.size(); picture++) {
            int target = picture * pictureLength;
            int source = (picture == 0 ? batch.size() - 1 : picture - 1) * pictureLength;
            for (int row = rows.from(); row < rows.to(); row++) {
                int start = row * rowLength + columns.from() * batch.channels();
                System.arraycopy(
                        batch.images(), source + start, images, target + start, columns.length() * batch.channels());
            }
        }
        return images;
    }

    /**
     * From Beta(alpha, alpha), in one formula without trying again: Devroye 1996, "Random variate generation in one line
     * of code", after Bailey's generator for Student's t.
     */
    static double beta(double alpha, SplittableRandom random) {
        double cosine = Math.cos(2 * Math.PI * random.nextDouble());
        double spread = (Math.pow(1 - random.nextDouble(), -1 / alpha) - 1) * cosine * cosine;
        double distance = 0.5 / Math.sqrt(1 + 1 / spread);
        return cosine < 0 ? 0.5 - distance : 0.5 + distance;
    }

    /** One side of a box. */
    private record Side(int from, int to) {
        static Side around(int middle, int half, int size) {
            return new Side(Math.max(0, middle - half), Math.min(size, middle + half));
        }

        int length() {
            return to - from;
        }
    }
}
