package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;

/**
 * An affine change of a picture, as the map from a place of the new picture to the place of the old one that is seen
 * there. Places are rows and columns from the picture's centre.
 *
 * @param rowByRow how much the old row grows with the new row
 * @param rowByColumn how much the old row grows with the new column
 * @param row the old row at the new centre
 * @param columnByRow how much the old column grows with the new row
 * @param columnByColumn how much the old column grows with the new column
 * @param column the old column at the new centre
 */
record Affine(
        double rowByRow, double rowByColumn, double row, double columnByRow, double columnByColumn, double column) {
    static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

    /** Moves the content, in rows and columns. */
    static Affine translation(double down, double right) {
        return new Affine(1, 0, -down, 0, 1, -right);
    }

    /** Turns the content clockwise, in radians. */
    static Affine rotation(double angle) {
        double cosine = Math.cos(angle);
        double sine = Math.sin(angle);
        return new Affine(cosine, -sine, 0, sine, cosine, 0);
    }

    /** Makes the content so many times as high and as wide. */
    static Affine scaling(double vertical, double horizontal) {
        return new Affine(1 / vertical, 0, 0, 0, 1 / horizontal, 0);
    }

    /** Moves each row to the side by its share of the distance from the centre. */
    static Affine horizontalShear(double share) {
        return new Affine(1, 0, 0, -share, 1, 0);
    }

    /** Moves each column down by its share of the distance from the centre. */
    static Affine verticalShear(double share) {
        return new Affine(1, -share, 0, 0, 1, 0);
    }

    /** Exchanges left and right, top and bottom. */
    static Affine flip(boolean horizontal, boolean vertical) {
        return new Affine(vertical ? -1 : 1, 0, 0, 0, horizontal ? -1 : 1, 0);
    }

    /** First this change, then the next one. */
    Affine then(Affine next) {
        return new Affine(
                rowByRow * next.rowByRow + rowByColumn * next.columnByRow,
                rowByRow * next.rowByColumn + rowByColumn * next.columnByColumn,
                rowByRow * next.row + rowByColumn * next.column + row,
                columnByRow * next.rowByRow + columnByColumn * next.columnByRow,
                columnByRow * next.rowByColumn + columnByColumn * next.columnByColumn,
                columnByRow * next.row + columnByColumn * next.column + column);
    }

    /** The changed picture, of the same size, by bilinear interpolation; outside, the edge pixels go on. */
    Image apply(Image image) {
        if (isIdentity()) {
            return image;
        }
        int height = image.height();
        int width = image.width();
        byte[] pixels = new byte[image.pixels().length];
        double centreRow = (height - 1) / 2.0;
        double centreColumn = (width - 1) / 2.0;
        int target = 0;
        for (int toRow = 0; toRow < height; toRow++) {
            double rows = toRow - centreRow;
            for (int toColumn = 0; toColumn < width; toColumn++) {
                double columns = toColumn - centreColumn;
                double fromRow = centreRow + row + rowByRow * rows + rowByColumn * columns;
                double fromColumn = centreColumn + column + columnByRow * rows + columnByColumn * columns;
                interpolate(image, clamp(fromRow, height), clamp(fromColumn, width), pixels, target);
                target += image.channels();
            }
        }
        return new Image(height, width, image.channels(), pixels);
    }

    /** Zeros of either sign are the same here, other than in {@code equals}. */
    private boolean isIdentity() {
        return rowByRow == 1 && rowByColumn == 0 && row == 0 && columnByRow == 0 && columnByColumn == 1 && column == 0;
    }

    private static void interpolate(Image image, double row, double column, byte[] target, int offset) {
        int top = (int) row;
        int left = (int) column;
        int channels = image.channels();
        int toRight = left + 1 < image.width() ? channels : 0;
        int toBottom = top + 1 < image.height() ? channels * image.width() : 0;
        float lower = (float) (row - top);
        float righter = (float) (column - left);
        byte[] pixels = image.pixels();
        int place = (top * image.width() + left) * channels;
        for (int channel = 0; channel < channels; channel++, place++) {
            float upperLeft = Byte.toUnsignedInt(pixels[place]);
            float upperRight = Byte.toUnsignedInt(pixels[place + toRight]);
            float lowerLeft = Byte.toUnsignedInt(pixels[place + toBottom]);
            float lowerRight = Byte.toUnsignedInt(pixels[place + toBottom + toRight]);
            float upper = upperLeft + righter * (upperRight - upperLeft);
            float under = lowerLeft + righter * (lowerRight - lowerLeft);
            target[offset + channel] = (byte) (upper + lower * (under - upper) + 0.5f);
        }
    }

    private static double clamp(double place, int size) {
        return Math.max(0, Math.min(size - 1, place));
    }
}
