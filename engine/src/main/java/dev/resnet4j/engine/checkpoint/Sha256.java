package dev.resnet4j.engine.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums of files, and files that hold one in the form of {@code sha256sum}. */
final class Sha256 {
    private static final int HEX_DIGITS = 64;
    private static final int LONGEST_LINE = 4096;
    private static final int BUFFER = 1 << 20;

    private Sha256() {}

    /** The checksum of a file's content: 64 hexadecimal digits. */
    static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                // The stream passes what it reads to the digest.
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A line that {@code sha256sum --check} understands. */
    static String line(String checksum, Path file) {
        return checksum + "  " + file.getFileName() + "\n";
    }

    /** The checksum that a file holds; what is no checksum is given as it stands, and equals none. */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST_LINE), StandardCharsets.US_ASCII);
            return text.substring(0, Math.min(HEX_DIGITS, text.length()));
        }
    }
}
