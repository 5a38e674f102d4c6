package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.TensorBytes;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the numbers of a state dict's tensors. What they take is held against the size of the file first. */
final class StateDictReader {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** float16 grows to twice its size, and a tensor may be shared by two layers. */
    private static final int MOST_BYTES_A_BYTE = 4;

    private static final long ALWAYS_ALLOWED = 16 << 20;

    private final Checkpoint.Storages storages;
    private final long fileSize;
    /** By key: a storage's checksum is computed once, however many tensors share it. */
    private final Map<String, ByteBuffer> known = new HashMap<>();

    private StateDictReader(Checkpoint.Storages storages, long fileSize) {
        this.storages = storages;
        this.fileSize = fileSize;
    }

    /**
     * The state dict of a checkpoint.
     *
     * @param fileSize how long the file is, in bytes
     * @throws FormatException if there is none, or one of its tensors cannot be read
     */
    static StateDict read(Checkpoint checkpoint, long fileSize) throws IOException {
        Map<String, TensorView> views = StateDictFinder.find(checkpoint.object());
        requireSupported(views);
        StateDictReader reader = new StateDictReader(checkpoint.storages(), fileSize);
        reader.requireProportion(views);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, TensorView> view : views.entrySet()) {
            tensors.put(view.getKey(), reader.read(view.getKey(), view.getValue()));
        }
        return new StateDict(tensors);
    }

    private static void requireSupported(Map<String, TensorView> views) {
        List<String> problems = new ArrayList<>();
        views.forEach((name, view) -> {
            if (view.storage().type().elementType().isEmpty()) {
                problems.add("'" + name + "' holds " + view.storage().type());
            } else if (view.elements() == 0) {
                problems.add("'" + name + "' is empty, of sizes " + view.sizes());
            } else if (view.elements() > LONGEST_ARRAY / view.storage().type().bytes()) {
                problems.add("'" + name + "' takes more than 2 GiB, with sizes " + view.sizes());
            }
        });
        if (!problems.isEmpty()) {
            throw new FormatException(
                    "state dict",
                    String.join(", ", problems),
                    "save tensors of float32, float16, bfloat16, float64 or int64 that are not empty");
        }
    }

    /** A tensor may show one number many times, and an entry of a zip may lie across another. */
    private void requireProportion(Map<String, TensorView> views) {
        Map<String, Storage> used = new LinkedHashMap<>();
        long taken = 0;
        for (TensorView view : views.values()) {
            used.put(view.storage().key(), view.storage());
            taken += view.elements() * (view.storage().type() == StorageType.LONG ? Long.BYTES : Float.BYTES);
        }
        long stored = 0;
        for (Storage storage : used.values()) {
            boolean fits =
                    storage.elements() <= (fileSize - stored) / storage.type().bytes();
            if (!fits) {
                throw new FormatException(
                        "state dict",
                        "its numbers take more than the " + fileSize + " bytes of the file",
                        Advice.SAVE_AGAIN);
            }
            stored += storage.bytes();
        }
        if (taken > MOST_BYTES_A_BYTE * fileSize + ALWAYS_ALLOWED) {
            throw new FormatException(
                    "state dict",
                    "its tensors show the same numbers again and again: they would take " + taken
                            + " bytes, out of a file of " + fileSize,
                    "save tensors that are not expanded: clone() them before");
        }
    }

    private Tensor read(String name, TensorView view) throws IOException {
        Storage storage = view.storage();
        ByteBuffer bytes = known.get(storage.key());
        if (bytes == null) {
            bytes = storages.read(storage);
            known.put(storage.key(), bytes);
        }
        Shape shape = new Shape(view.sizes().stream().map(Math::toIntExact).toList());
        return TensorBytes.decode(name, storage.type().elementType().orElseThrow(), shape, view.bytes(bytes));
    }
}
