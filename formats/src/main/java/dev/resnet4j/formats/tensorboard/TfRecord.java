package dev.resnet4j.formats.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The frame that TensorFlow puts around each record of a file: its length and its bytes, each with a checksum. */
final class TfRecord {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int MASK = 0xa282ead8;

    private TfRecord() {}

    /** A record as it stands in a file. */
    static byte[] framed(byte[] record) {
        ByteBuffer file = ByteBuffer.allocate(LENGTH_BYTES + Integer.BYTES + record.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(record.length);
        file.putInt(checksum(file.array(), LENGTH_BYTES));
        file.put(record);
        file.putInt(checksum(record, record.length));
        return file.array();
    }

    /** CRC32C, turned and shifted so that checksums of data that holds checksums stay good. */
    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
