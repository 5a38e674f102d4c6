package dev.resnet4j.engine.onednn;

import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that plans of which only one runs at a time share, until closed. It grows to what the largest needs, and moves when
 * it does.
 */
public final class WorkingMemory implements AutoCloseable {
    private static final long PAGE = 4096;

    private BytePointer memory;
    private long bytes;

    /** Makes it at least so large. What is in it is lost where it has to grow. */
    void ensure(long needed) {
        if (memory == null || needed > bytes) {
            close();
            memory = new BytePointer(needed + PAGE).retainReference();
            bytes = needed;
        }
    }

    /** The address at which it begins, that of a page. */
    long begin() {
        return (memory.address() + PAGE - 1) / PAGE * PAGE;
    }

    /** How large it is. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
            bytes = 0;
        }
    }
}
