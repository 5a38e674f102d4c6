package dev.resnet4j.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** A piece of a file: long pieces are the file's own bytes, mapped, and take no memory; short ones are read. */
public final class FileBytes {
    /** Below it, a mapping's page tables cost more than the bytes. */
    private static final int SHORTEST_MAPPED = 1 << 16;

    private FileBytes() {}

    /**
     * The bytes from an offset on.
     *
     * @throws IndexOutOfBoundsException if they do not lie inside the file
     * @throws EOFException if the file shrinks meanwhile
     */
    public static ByteBuffer of(FileChannel channel, long offset, int length) throws IOException {
        long size = channel.size();
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(
                    length + " bytes from byte " + offset + " on do not lie inside a file of " + size + " bytes");
        }
        if (length >= SHORTEST_MAPPED) {
            return channel.map(MapMode.READ_ONLY, offset, length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }
}
