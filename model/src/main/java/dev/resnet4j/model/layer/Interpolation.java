package dev.resnet4j.model.layer;

import java.util.Locale;

/** How a picture's size is changed: named as in Keras. */
public enum Interpolation {
    /** The nearest pixel. */
    NEAREST,
    /** Weighted by the distance to the four pixels around. */
    BILINEAR;

    /** Keras's word: {@code bilinear}. */
    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
