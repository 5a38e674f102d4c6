package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scope they are made in, until closed. */
final class NativeObjects implements AutoCloseable {
    private final List<Pointer> kept = new ArrayList<>();

    /** Keeps one more. */
    <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        kept.add(pointer);
        return pointer;
    }

    @Override
    public void close() {
        kept.forEach(Pointer::close);
        kept.clear();
    }
}
