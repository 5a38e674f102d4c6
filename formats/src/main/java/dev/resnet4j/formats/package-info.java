/**
 * How a network is stored: {@link dev.resnet4j.formats.keras.KerasFile} writes and reads Keras 3's own {@code .keras} files.
 *
 * <p>Such a file is a zip of {@code metadata.json}, {@code config.json} (layers, optimizer, loss) and
 * {@code model.weights.h5} (weights and the optimizer's variables). What Keras has no place for, the
 * {@link dev.resnet4j.formats.TrainingFacts}, stands in one entry more, {@code resnet4j.json}, which Keras ignores.
 *
 * <p>Weights of others come as a {@link dev.resnet4j.formats.StateDict}, named arrays, out of PyTorch's files
 * ({@link dev.resnet4j.formats.pytorch.PyTorchFile}) and safetensors
 * ({@link dev.resnet4j.formats.safetensors.SafetensorsFile}), and leave in them.
 *
 * <p>Files are taken to be hostile: whatever is wrong with one is said in one line by a
 * {@link dev.resnet4j.formats.FormatException}, and sizes are checked before memory is taken.
 */
package dev.resnet4j.formats;
