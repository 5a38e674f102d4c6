package dev.resnet4j.formats.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor as PyTorch stores it: a view of a storage.
 *
 * @param offset of its first number in the storage
 * @param sizes of its axes, each at least 0
 * @param strides how many numbers of the storage lie between neighbours, one for each axis, each at least 0
 */
record TensorView(Storage storage, long offset, List<Long> sizes, List<Long> strides) {
    private static final int MOST_AXES = 32;

    /** @throws IllegalArgumentException if it does not lie inside its storage */
    TensorView {
        sizes = List.copyOf(sizes);
        strides = List.copyOf(strides);
        if (sizes.size() != strides.size() || sizes.size() > MOST_AXES) {
            throw new IllegalArgumentException(
                    "a tensor of " + sizes.size() + " axes and " + strides.size() + " strides makes no sense");
        }
        if (!liesInside(storage, offset, sizes, strides)) {
            throw new IllegalArgumentException(
                    "the tensor of sizes " + sizes + " and strides " + strides + " from number " + offset
                            + " on does not lie inside its storage of " + storage.elements() + " numbers");
        }
    }

    private static boolean liesInside(Storage storage, long offset, List<Long> sizes, List<Long> strides) {
        try {
            long last = offset;
            long elements = 1;
            for (int axis = 0; axis < sizes.size(); axis++) {
                long size = sizes.get(axis);
                if (size < 0 || strides.get(axis) < 0) {
                    return false;
                }
                elements = Math.multiplyExact(elements, size);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), strides.get(axis)));
            }
            return offset >= 0 && (elements == 0 || last < storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    long elements() {
        return sizes.stream().reduce(1L, (product, size) -> product * size);
    }

    /**
     * The bytes of its numbers in row-major order: the storage's own where they lie so, gathered where they do not.
     *
     * @param all the storage's bytes
     */
    ByteBuffer bytes(ByteBuffer all) {
        int width = storage.type().bytes();
        if (isContiguous()) {
            return all.slice((int) (offset * width), (int) (elements() * width));
        }
        ByteBuffer gathered = ByteBuffer.allocate((int) (elements() * width)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer source = all.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        gather(source, width, gathered);
        return gathered.flip();
    }

    private boolean isContiguous() {
        long expected = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            if (sizes.get(axis) != 1 && strides.get(axis) != expected) {
                return false;
            }
            expected *= sizes.get(axis);
        }
        return true;
    }

    /** Counts the indices up, the last axis fastest, and the place in the storage with them. */
    private void gather(ByteBuffer source, int width, ByteBuffer target) {
        long[] index = new long[sizes.size()];
        long place = offset;
        while (true) {
            copy(source, (int) (place * width), width, target);
            int axis = index.length - 1;
            while (axis >= 0 && index[axis] == sizes.get(axis) - 1) {
                place -= index[axis] * strides.get(axis);
                index[axis] = 0;
                axis--;
            }
            if (axis < 0) {
                return;
            }
            index[axis]++;
            place += strides.get(axis);
        }
    }

    private static void copy(ByteBuffer source, int from, int width, ByteBuffer target) {
        switch (width) {
            case Short.BYTES -> target.putShort(source.getShort(from));
            case Integer.BYTES -> target.putInt(source.getInt(from));
            case Long.BYTES -> target.putLong(source.getLong(from));
            default -> throw new IllegalArgumentException("numbers of " + width + " bytes are not read");
        }
    }
}
