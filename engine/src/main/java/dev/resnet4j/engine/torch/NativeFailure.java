package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.EngineException;
import java.util.Locale;

/** Says in one line what libtorch and oneDNN say in many. */
final class NativeFailure {
    private NativeFailure() {}

    /** What to throw for an exception: the libraries' own explained, any other as it is. */
    static RuntimeException explain(RuntimeException failure) {
        // JavaCPP turns every C++ exception into this very class.
        if (!failure.getClass().equals(RuntimeException.class)) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        String firstLine = message.lines().findFirst().orElse(message);
        if (message.toLowerCase(Locale.ROOT).contains("memory")) {
            return new EngineException(
                    "there is not enough memory on the device: use smaller batches or smaller pictures (libtorch or"
                            + " oneDNN says: " + firstLine + ")",
                    failure);
        }
        return new EngineException("libtorch or oneDNN failed: " + firstLine, failure);
    }
}
