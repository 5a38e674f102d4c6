package dev.resnet4j.engine.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/** The library oneDNN on this machine's processor. */
public final class OneDnn {
    private OneDnn() {}

    /** Whether it can be used here: there is a native library for this machine. */
    public static boolean isAvailable() {
        return Loaded.PROCESSOR != null;
    }

    static engine processor() {
        return Loaded.PROCESSOR;
    }

    /** On a processor, a primitive is done when its call returns. */
    static stream stream() {
        return Loaded.STREAM;
    }

    /** Loads the library when it is first asked for. */
    private static final class Loaded {
        private static final engine PROCESSOR = open();
        private static final stream STREAM = PROCESSOR == null ? null : new stream(PROCESSOR);

        private static engine open() {
            try {
                return new engine(engine.kind.cpu, 0);
            } catch (UnsatisfiedLinkError | NoClassDefFoundError notLoaded) {
                return null;
            }
        }
    }
}
