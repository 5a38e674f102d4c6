package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * One piece of memory for many blocks: those that are never needed at the same time share a place. The largest block is
 * placed first, each at the lowest offset that is free while it is needed.
 *
 * @param bytes how much memory all of them take
 * @param offsets where each block begins, in the order in which they were given
 */
record Arena(long bytes, List<Long> offsets) {
    /** Vector instructions read fastest from the begin of a cache line. */
    private static final long ALIGNMENT = 64;

    private record Placed(int index, long begin, long end) {}

    /**
     * Places blocks.
     *
     * @param sizes of the blocks in bytes
     * @param meet whether two blocks, by their indices, are needed at the same time
     */
    static Arena of(List<Long> sizes, BiPredicate<Integer, Integer> meet) {
        List<Integer> largestFirst = new ArrayList<>();
        for (int index = 0; index < sizes.size(); index++) {
            largestFirst.add(index);
        }
        largestFirst.sort(Comparator.comparing(sizes::get, Comparator.reverseOrder()));
        List<Placed> placed = new ArrayList<>();
        for (int index : largestFirst) {
            long begin = lowestFree(
                    sizes.get(index),
                    placed.stream()
                            .filter(other -> meet.test(index, other.index()))
                            .sorted(Comparator.comparingLong(Placed::begin))
                            .toList());
            placed.add(new Placed(index, begin, begin + sizes.get(index)));
        }
        long bytes = placed.stream().mapToLong(Placed::end).max().orElse(0);
        return new Arena(
                bytes,
                placed.stream()
                        .sorted(Comparator.comparingInt(Placed::index))
                        .map(Placed::begin)
                        .toList());
    }

    /** @param taken sorted by where they begin */
    private static long lowestFree(long size, List<Placed> taken) {
        long begin = 0;
        for (Placed other : taken) {
            if (begin + size <= other.begin()) {
                return begin;
            }
            begin = Math.max(begin, aligned(other.end()));
        }
        return begin;
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
