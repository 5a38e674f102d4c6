package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.ZipArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The form that {@code torch.save} writes since PyTorch 1.6: a zip with the pickle in {@code data.pkl}, each storage in
 * {@code data/} and its key, and the order of bytes in {@code byteorder}, all in one folder of any name.
 */
final class ZipCheckpoint {
    private static final String PICKLE = "data.pkl";
    private static final int LARGEST_PICKLE = 16 << 20;
    private static final int LARGEST_TEXT = 64;

    private final ZipArchive archive;
    private final String folder;

    private ZipCheckpoint(ZipArchive archive, String folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /** @throws FormatException if it is no such zip, or the pickle is refused */
    static Checkpoint read(ZipArchive archive) throws IOException {
        ZipCheckpoint zip = new ZipCheckpoint(archive, folder(archive.names()));
        zip.requireNoProgram();
        zip.requireLittleEndian();
        return new Checkpoint(zip.unpickle(), zip::storage);
    }

    private static String folder(List<String> names) {
        List<String> pickles = names.stream()
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - PICKLE.length() - 1)
                .toList();
        if (pickles.size() != 1) {
            throw new FormatException(
                    "zip",
                    "it is not a file of torch.save: it has " + pickles.size() + " entries " + PICKLE
                            + " in a folder of its own, not one",
                    "give a file that torch.save wrote");
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private void requireNoProgram() {
        if (archive.names().contains(folder + "constants.pkl")) {
            throw new FormatException(
                    folder + "constants.pkl",
                    "this is a TorchScript program (torch.jit.save), which is not run",
                    "in PyTorch, save the state dict alone: torch.save(model.state_dict(), file)");
        }
    }

    private void requireLittleEndian() throws IOException {
        String name = folder + "byteorder";
        String order = archive.read(name, LARGEST_TEXT)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .orElse("little");
        if (!order.equals("little")) {
            throw new FormatException(
                    name,
                    "its numbers are in the byte order '" + order + "', only 'little' is read",
                    "load and save it on a little-endian machine, such as any PC");
        }
    }

    private Object unpickle() throws IOException {
        String name = folder + PICKLE;
        byte[] pickle = archive.read(name, LARGEST_PICKLE)
                .orElseThrow(() -> new FormatException(name, "the zip has no such entry", Advice.SAVE_AGAIN));
        return new Unpickler(new PickleInput(name, ByteBuffer.wrap(pickle)))
                .load()
                .value();
    }

    private ByteBuffer storage(Storage storage) throws IOException {
        String name = folder + "data/" + storage.key();
        ByteBuffer bytes = archive.map(name, storage.bytes())
                .orElseThrow(() -> new FormatException(name, "the zip has no such entry", Advice.SAVE_AGAIN));
        if (bytes.remaining() != storage.bytes()) {
            throw new FormatException(
                    name,
                    "it has " + bytes.remaining() + " bytes, but " + storage.elements() + " numbers of type "
                            + storage.type() + " are announced",
                    Advice.SAVE_AGAIN);
        }
        return bytes;
    }
}
