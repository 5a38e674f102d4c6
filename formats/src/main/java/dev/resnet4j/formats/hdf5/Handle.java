package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.FormatException;
import java.util.function.LongToIntFunction;

/** Something of the C library's that must be given back. */
final class Handle implements AutoCloseable {
    private final NativeLibrary library;
    private final String place;
    private final long id;
    private final LongToIntFunction close;
    private boolean open = true;

    Handle(NativeLibrary library, String place, long id, LongToIntFunction close) {
        this.library = library;
        this.place = place;
        this.id = id;
        this.close = close;
    }

    /** The C library's {@code hid_t}. */
    long id() {
        if (!open) {
            throw new IllegalStateException(place + " is closed");
        }
        return id;
    }

    /**
     * Goes on, or gives this back and fails.
     *
     * @param code what the C library returned for this; negative if it failed
     */
    Handle require(int code) {
        if (code < 0) {
            FormatException failure = library.failure(place);
            try (this) {
                throw failure;
            }
        }
        return this;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            library.check(place, close.applyAsInt(id));
        }
    }
}
