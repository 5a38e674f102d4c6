package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back. Every length is checked against what is left before memory is taken. */
final class PickleInput {
    /** Python writes the bits of an integer; no size or number of a checkpoint needs nearly as many. */
    private static final int LONGEST_INTEGER = 256;

    private static final int LONGEST_LINE = 4_096;

    private final String place;
    private final ByteBuffer bytes;

    /**
     * @param place where the bytes are from, for the messages
     * @param bytes read from their position on
     */
    PickleInput(String place, ByteBuffer bytes) {
        this.place = place;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes have been read. */
    int position() {
        return bytes.position();
    }

    int unsignedByte() {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(bytes.get());
    }

    int unsignedShort() {
        require(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int signedInt() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /** A number of 64 bits, which pickles alone write with the highest byte first. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** An integer in two's complement, lowest byte first. */
    Object integer(long length) {
        if (length < 0 || length > LONGEST_INTEGER) {
            throw damaged("an integer of " + length + " bytes, where at most " + LONGEST_INTEGER + " make sense");
        }
        byte[] lowestFirst = bytes(length);
        byte[] highestFirst = new byte[lowestFirst.length];
        for (int i = 0; i < lowestFirst.length; i++) {
            highestFirst[i] = lowestFirst[lowestFirst.length - 1 - i];
        }
        return highestFirst.length == 0 ? 0L : exact(new BigInteger(highestFirst));
    }

    /** An integer in decimal digits. */
    Object decimal(String digits) {
        if (digits.length() > LONGEST_INTEGER) {
            throw damaged(
                    "an integer of " + digits.length() + " digits, where at most " + LONGEST_INTEGER + " make sense");
        }
        try {
            return exact(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw damaged("'" + digits + "' where an integer should stand");
        }
    }

    /** A long where it is one, so that equal integers are equal objects. */
    private static Object exact(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    byte[] bytes(long length) {
        require(length);
        byte[] read = new byte[(int) length];
        bytes.get(read);
        return read;
    }

    void skip(long length) {
        require(length);
        bytes.position(bytes.position() + (int) length);
    }

    String text(long length) {
        byte[] read = bytes(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("text that is not UTF-8");
        }
    }

    /** The characters up to the end of the line, without it. */
    String line() {
        int end = bytes.position();
        int limit = (int) Math.min(bytes.limit(), (long) end + LONGEST_LINE);
        while (end < limit && bytes.get(end) != '\n') {
            end++;
        }
        if (end == limit) {
            throw damaged("a line without end");
        }
        String line = text(end - bytes.position());
        skip(1);
        return line;
    }

    private void require(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged(
                    Long.toUnsignedString(length) + " bytes are announced, but only " + bytes.remaining() + " follow");
        }
    }

    /** That the pickle has something at this place that a whole one does not have. */
    FormatException damaged(String what) {
        return refused("it is not a whole pickle: " + what, Advice.SAVE_AGAIN);
    }

    FormatException refused(String reason, String advice) {
        return new FormatException(place + ", byte " + bytes.position(), reason, advice);
    }
}
