/**
 * PyTorch's files: {@link dev.resnet4j.formats.pytorch.PyTorchFile} reads and writes state dicts.
 *
 * <p>On the way in, {@code ZipCheckpoint} or {@code LegacyCheckpoint} finds the pickle and the storages, {@code Unpickler}
 * builds tensors and containers of the pickle, {@code StateDictFinder} finds the state dict among them, and
 * {@code StateDictReader} reads its numbers.
 */
package dev.resnet4j.formats.pytorch;
