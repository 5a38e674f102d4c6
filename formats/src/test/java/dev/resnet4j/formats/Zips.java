package dev.resnet4j.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Takes zips apart and puts them together again, for tests that change an entry. */
public final class Zips {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Zips() {}

    public static Map<String, byte[]> entries(Path zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    public static JsonNode json(Path zip, String entry) throws IOException {
        return MAPPER.readTree(entries(zip).get(entry));
    }

    public static void write(Path zip, Map<String, byte[]> entries, int method) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream zipOut = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry zipEntry = new ZipEntry(entry.getKey());
                zipEntry.setMethod(method);
                zipEntry.setSize(entry.getValue().length);
                CRC32 checksum = new CRC32();
                checksum.update(entry.getValue());
                zipEntry.setCrc(checksum.getValue());
                zipOut.putNextEntry(zipEntry);
                zipOut.write(entry.getValue());
                zipOut.closeEntry();
            }
        }
    }

    public static void replace(Path zip, String entry, byte[] content) throws IOException {
        Map<String, byte[]> entries = entries(zip);
        entries.put(entry, content);
        write(zip, entries, ZipEntry.STORED);
    }

    /** Changes {@code config.json} in place. */
    public static void changeConfig(Path zip, Consumer<JsonNode> change) throws IOException {
        JsonNode config = json(zip, "config.json");
        change.accept(config);
        replace(zip, "config.json", MAPPER.writeValueAsBytes(config));
    }
}
