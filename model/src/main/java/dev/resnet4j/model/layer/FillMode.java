package dev.resnet4j.model.layer;

import java.util.Locale;

/** What stands outside a picture's edges when it is moved: named as in Keras. */
public enum FillMode {
    /** The picture mirrored at its edge, the edge pixel twice: d c b a | a b c d | d c b a. */
    REFLECT,
    /** One value. */
    CONSTANT,
    /** The picture over again: a b c d | a b c d | a b c d. */
    WRAP,
    /** The edge's pixel: a a a a | a b c d | d d d d. */
    NEAREST;

    /** Keras's word: {@code reflect}. */
    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
