package dev.resnet4j.formats.pytorch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a pickle's values are put together: a stack with marks, and the memo of values that are used again. Its methods
 * throw {@link IllegalArgumentException} where a whole pickle would not call them.
 */
final class PickleStack {
    private final List<Object> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();

    void push(Object value) {
        values.add(value);
    }

    Object top() {
        requireValue();
        return values.get(values.size() - 1);
    }

    Object pop() {
        requireValue();
        return values.remove(values.size() - 1);
    }

    String popText() {
        if (!(pop() instanceof String text)) {
            throw new IllegalArgumentException("something else where text should stand");
        }
        return text;
    }

    /** A tuple or list; of the two, only tuples are given to functions. */
    List<?> popList() {
        if (!(pop() instanceof List<?> list)) {
            throw new IllegalArgumentException("something else where a tuple should stand");
        }
        return list;
    }

    /** The last values, in the order in which they were pushed. */
    List<Object> pop(int count) {
        if (values.size() - bottom() < count) {
            throw new IllegalArgumentException("a stack without values");
        }
        return cutOff(values.size() - count);
    }

    void mark() {
        marks.push(values.size());
    }

    /** All values since the last mark, which is taken away. */
    List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("a stack without a mark");
        }
        return cutOff(marks.pop());
    }

    boolean endsWithMark() {
        return !marks.isEmpty() && marks.peek() == values.size();
    }

    private List<Object> cutOff(int from) {
        List<Object> tail = values.subList(from, values.size());
        List<Object> cut = new ArrayList<>(tail);
        tail.clear();
        return cut;
    }

    void memoize(long index) {
        memo.put(index, top());
    }

    void memoizeNext() {
        memoize(memo.size());
    }

    void pushMemoized(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw new IllegalArgumentException("value " + index + " is used, but was never stored");
        }
        push(value);
    }

    private void requireValue() {
        if (values.size() <= bottom()) {
            throw new IllegalArgumentException("a stack without values");
        }
    }

    private int bottom() {
        return marks.isEmpty() ? 0 : marks.peek();
    }
}
