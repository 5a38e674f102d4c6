package dev.resnet4j.data;

/**
 * The channels that a picture is read in. Keras's {@code rgba} is not among them: no classifier takes transparency, and
 * {@link ImageFiles} leaves it out of account.
 */
public enum ColorMode {
    /** Red, green and blue. */
    RGB {
        @Override
        Image apply(Image image) {
            return image;
        }
    },
    /** One channel, by {@link Image#toGrey}. Of 16-bit grey Keras keeps 16 bits; here the upper 8 are taken. */
    GRAYSCALE {
        @Override
        Image apply(Image image) {
            return image.toGrey();
        }
    };

    /** The picture, read as red, green and blue, in these channels. */
    abstract Image apply(Image image);
}
