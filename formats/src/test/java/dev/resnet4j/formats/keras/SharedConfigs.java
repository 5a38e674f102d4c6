package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.Zips;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The configurations of the real files, out of whatever holds them. */
final class SharedConfigs {
    private SharedConfigs() {}

    /** The configuration as JSON. */
    static JsonNode json(String name) throws IOException {
        Path file = SharedData.require(name);
        if (name.endsWith(".keras")) {
            return Zips.json(file, "config.json");
        }
        if (name.endsWith(".json")) {
            return Json.parse(name, Files.readAllBytes(file));
        }
        try (HdfFile hdf = new HdfFile(file)) {
            String config = (String) hdf.getAttribute("model_config").getData();
            return Json.parse(name, config.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The version that stands beside the configuration. */
    static Optional<String> version(String name) throws IOException {
        Path file = SharedData.require(name);
        if (name.endsWith(".keras")) {
            return Optional.of(
                    Zips.json(file, "metadata.json").path("keras_version").asText());
        }
        if (name.endsWith(".json")) {
            return Optional.empty();
        }
        try (HdfFile hdf = new HdfFile(file)) {
            return Optional.of((String) hdf.getAttribute("keras_version").getData());
        }
    }

    static LayeredNetwork read(String name) throws IOException {
        return NetworkConfigReader.read(json(name), version(name), Optional.empty());
    }
}
