package dev.resnet4j.formats.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a file of {@code torch.save} holds.
 *
 * @param object the value that was saved
 * @param storages where the numbers of its tensors lie
 */
record Checkpoint(Object object, Storages storages) {
    /** The bytes of a file's storages. */
    interface Storages {
        /** The bytes of a storage, exactly as many as it needs. */
        ByteBuffer read(Storage storage) throws IOException;
    }
}
