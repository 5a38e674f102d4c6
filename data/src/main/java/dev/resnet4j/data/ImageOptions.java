package dev.resnet4j.data;

import java.util.Objects;
import java.util.Optional;

/**
 * How a picture is read: the arguments of Keras's {@code load_img}.
 *
 * @param colorMode the channels
 * @param targetSize the size to bring it to; empty for its own
 * @param interpolation how it is brought to that size
 * @param keepAspectRatio whether only the middle of the picture is taken, of the aspect ratio of the size asked for,
 *     instead of stretching the whole
 */
public record ImageOptions(
        ColorMode colorMode, Optional<ImageSize> targetSize, Interpolation interpolation, boolean keepAspectRatio) {
    /** As Keras's defaults: red, green and blue, in the picture's own size; resized to the nearest pixels. */
    public static final ImageOptions DEFAULT =
            new ImageOptions(ColorMode.RGB, Optional.empty(), Interpolation.NEAREST, false);

    /** Nothing may be null. */
    public ImageOptions {
        Objects.requireNonNull(colorMode, "colorMode");
        Objects.requireNonNull(targetSize, "targetSize");
        Objects.requireNonNull(interpolation, "interpolation");
    }

    /** The same in other channels. */
    public ImageOptions withColorMode(ColorMode mode) {
        return new ImageOptions(mode, targetSize, interpolation, keepAspectRatio);
    }

    /** The same, brought to a size. */
    public ImageOptions withTargetSize(ImageSize size) {
        return new ImageOptions(colorMode, Optional.of(size), interpolation, keepAspectRatio);
    }

    /** The same, resized in another way. */
    public ImageOptions withInterpolation(Interpolation method) {
        return new ImageOptions(colorMode, targetSize, method, keepAspectRatio);
    }

    /** The same, with or without keeping the aspect ratio. */
    public ImageOptions withKeepAspectRatio(boolean keep) {
        return new ImageOptions(colorMode, targetSize, interpolation, keep);
    }
}
