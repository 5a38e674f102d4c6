/**
 * Keras's files. {@link dev.resnet4j.formats.keras.KerasFile} reads and writes the {@code .keras} files of Keras 3: a zip
 * of {@code metadata.json}, {@code config.json} (layers, optimizer, loss) and {@code model.weights.h5} (weights and the
 * optimizer's variables).
 */
package dev.resnet4j.formats.keras;
