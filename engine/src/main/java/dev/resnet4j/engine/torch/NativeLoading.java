package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.OneDnn;
import java.util.concurrent.CompletableFuture;

/** The native libraries being loaded, while the thread that needs them has other things to do first. */
public final class NativeLoading implements AutoCloseable {
    /** What goes wrong is thrown again where the libraries are used. */
    private final CompletableFuture<Void> libraries =
            CompletableFuture.runAsync(NativeLoading::load).exceptionally(failure -> null);

    private NativeLoading() {}

    /** Begins to load them. */
    public static NativeLoading begin() {
        return new NativeLoading();
    }

    private static void load() {
        NativeLibrary.load();
        OneDnn.convolves(NumberType.FLOAT);
    }

    /** Waits until they are loaded: a process that ends in the middle of it may crash. */
    @Override
    public void close() {
        libraries.join();
    }
}
