package dev.resnet4j.formats.keras;

/** The two ways in which Keras writes configurations down. */
enum ConfigStyle {
    /** Of Keras 2, tf.keras and TensorFlow.js, for the legacy {@code .h5}. */
    KERAS_2,
    /** Of Keras 3, for {@code .keras}. */
    KERAS_3
}
