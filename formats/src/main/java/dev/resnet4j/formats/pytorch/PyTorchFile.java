package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FileBytes;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.ZipArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * State dicts in PyTorch's own files ({@code .pth}, {@code .pt}, {@code .th}).
 *
 * <p>Both forms of {@code torch.save} are read, the zip of PyTorch 1.6 and later and the one before it; the zip is written,
 * so that {@code torch.load(file, weights_only=True)} opens it. The pickle inside builds tensors and containers and runs
 * nothing.
 */
public final class PyTorchFile {
    private static final int ZIP = 'P' << 24 | 'K' << 16 | 3 << 8 | 4;
    private static final int PROTO = 0x80;
    private static final int TAR_BLOCK = 512;
    private static final int TAR_SIGNATURE = 257;

    private PyTorchFile() {}

    /**
     * Reads the state dict: the object that was saved, or the dict under {@code state_dict}, {@code model_state_dict},
     * {@code model} or {@code net} in it. Prefixes that stand before every name ({@code module.} of DataParallel,
     * {@code _orig_mod.} of torch.compile) are taken off.
     *
     * @throws FormatException if the file is missing or damaged, or holds other things than tensors and containers
     */
    public static StateDict read(Path path) {
        return ExistingFile.read(path, file -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return read(file, channel);
            }
        });
    }

    private static StateDict read(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = FileBytes.of(channel, 0, (int) Math.min(TAR_BLOCK, channel.size()));
        if (start.remaining() >= Integer.BYTES && start.getInt(0) == ZIP) {
            try (ZipArchive archive = ZipArchive.open(file)) {
                return StateDictReader.read(ZipCheckpoint.read(archive), channel.size());
            }
        }
        if (start.hasRemaining() && Byte.toUnsignedInt(start.get(0)) == PROTO) {
            return StateDictReader.read(LegacyCheckpoint.read(channel), channel.size());
        }
        boolean tar = start.remaining() == TAR_BLOCK
                && start.getInt(TAR_SIGNATURE) == ('u' << 24 | 's' << 16 | 't' << 8 | 'a');
        throw new FormatException(
                "start",
                tar
                        ? "it is a tar, as PyTorch before 0.1.10 wrote them"
                        : "it is neither a zip nor a pickle, as torch.save writes them",
                "give a file that torch.save wrote");
    }

    /**
     * Writes a state dict as {@code torch.save(state_dict, path)} does. An older file at the path stays whole if anything
     * fails.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written
     */
    public static void write(StateDict stateDict, Path path) {
        OutputFile.write(path, beside -> CheckpointWriter.write(stateDict, beside));
    }
}
