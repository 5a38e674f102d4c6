/**
 * PyTorch's files: {@link dev.resnet4j.formats.pytorch.PyTorchFile} reads and writes state dicts, and
 * {@link dev.resnet4j.formats.pytorch.TorchResNet} makes networks with weights of them, and the way back.
 *
 * <p>On the way in, {@code ZipCheckpoint} or {@code LegacyCheckpoint} finds the pickle and the storages, {@code Unpickler}
 * builds tensors and containers of the pickle, {@code StateDictFinder} finds the state dict among them, and
 * {@code StateDictReader} reads its numbers.
 *
 * <p>{@code TorchMember} tells from a state dict which residual network it is of; {@code TorchArray} is one weight under
 * PyTorch's name and in PyTorch's axes.
 */
package dev.resnet4j.formats.pytorch;
