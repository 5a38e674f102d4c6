package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FileBytes;
import dev.resnet4j.formats.FormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form that {@code torch.save} wrote before PyTorch 1.6: five pickles one after the other (a magic number, the version
 * of the protocol, facts of the machine, the object, the keys of its storages), and then each storage as the number of its
 * elements and their bytes.
 */
final class LegacyCheckpoint {
    private static final BigInteger MAGIC_NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL_VERSION = 1001;
    private static final int LARGEST_PICKLES = 16 << 20;

    private final FileChannel channel;
    private final ByteBuffer pickles;

    private LegacyCheckpoint(FileChannel channel) throws IOException {
        this.channel = channel;
        this.pickles = FileBytes.of(channel, 0, (int) Math.min(channel.size(), LARGEST_PICKLES));
    }

    /** @throws FormatException if it is no such file, or a pickle is refused */
    static Checkpoint read(FileChannel channel) throws IOException {
        return new LegacyCheckpoint(channel).read();
    }

    private Checkpoint read() throws IOException {
        requireMagicNumber();
        requireProtocolVersion();
        requireLittleEndian(unpickle("system").value());
        Unpickled object = unpickle("pickle");
        Object keys = unpickle("storage keys").value();
        Map<String, Long> places = places(keys, object.storages());
        return new Checkpoint(object.value(), storage -> storage(storage, places));
    }

    private Unpickled unpickle(String place) {
        PickleInput in = new PickleInput(place, pickles);
        Unpickled unpickled = new Unpickler(in).load();
        pickles.position(pickles.position() + in.position());
        return unpickled;
    }

    private void requireMagicNumber() {
        if (!unpickle("magic number").value().equals(MAGIC_NUMBER)) {
            throw new FormatException(
                    "magic number",
                    "it is a pickle, but none that torch.save wrote",
                    "in PyTorch, save the state dict: torch.save(model.state_dict(), file)");
        }
    }

    private void requireProtocolVersion() {
        if (!unpickle("protocol version").value().equals(PROTOCOL_VERSION)) {
            throw new FormatException(
                    "protocol version",
                    "it is not " + PROTOCOL_VERSION + ", the only one of this form",
                    Advice.SAVE_AGAIN);
        }
    }

    private static void requireLittleEndian(Object system) {
        if (!(system instanceof PickleDict facts)
                || !Boolean.TRUE.equals(facts.entries().get("little_endian"))) {
            throw new FormatException(
                    "system",
                    "its numbers are not little-endian, the only byte order that is read",
                    "load and save it on a little-endian machine, such as any PC");
        }
    }

    /** Where each storage's bytes begin. The keys stand in the order of the storages. */
    private Map<String, Long> places(Object keys, Map<String, Storage> storages) throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw new FormatException("storage keys", "they are no list", Advice.SAVE_AGAIN);
        }
        Map<String, Long> places = new HashMap<>();
        long place = pickles.position();
        for (Object key : list) {
            Storage storage = key instanceof String name ? storages.get(name) : null;
            if (storage == null || places.containsKey(storage.key())) {
                throw new FormatException(
                        "storage keys",
                        "the " + places.size() + ". of " + list.size()
                                + " keys is of no storage that a tensor uses, or stands there twice",
                        Advice.SAVE_AGAIN);
            }
            places.put(storage.key(), place + Long.BYTES);
            place = endOf(storage, place);
        }
        return places;
    }

    /** The place behind a storage that begins, with the number of its elements, at a place. */
    private long endOf(Storage storage, long place) throws IOException {
        long elements = place > channel.size() - Long.BYTES
                ? -1
                : FileBytes.of(channel, place, Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
        long left = channel.size() - place - Long.BYTES;
        if (elements != storage.elements() || elements > left / storage.type().bytes()) {
            throw new FormatException(
                    "storage '" + storage.key() + "'",
                    "its " + storage.elements() + " numbers of type " + storage.type() + " do not stand at byte "
                            + place + " of the file of " + channel.size() + " bytes",
                    Advice.SAVE_AGAIN);
        }
        return place + Long.BYTES + storage.bytes();
    }

    private ByteBuffer storage(Storage storage, Map<String, Long> places) throws IOException {
        Long place = places.get(storage.key());
        if (place == null || storage.bytes() > Integer.MAX_VALUE) {
            throw new FormatException(
                    "storage '" + storage.key() + "'",
                    place == null ? "it is not in the file" : "it is longer than 2 GiB, the most that is read",
                    Advice.SAVE_AGAIN);
        }
        return FileBytes.of(channel, place, (int) storage.bytes());
    }
}
