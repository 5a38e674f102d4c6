package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.ZipArchive;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.OptimizerState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Keras 3's own {@code .keras} files. What this class writes, {@code keras.saving.load_model} opens, and it reads what
 * {@code model.save} wrote, as long as every layer is one of resnet4j's.
 */
public final class KerasFile {
    static final String METADATA_ENTRY = "metadata.json";
    static final String CONFIG_ENTRY = "config.json";
    static final String WEIGHTS_ENTRY = "model.weights.h5";
    static final String FACTS_ENTRY = "resnet4j.json";

    /** The version whose form the entries have. */
    private static final String KERAS_VERSION = "3.15.1";

    private static final DateTimeFormatter DATE_SAVED = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

    private static final int LARGEST_JSON = 16 << 20;
    /** Room for HDF5's own structures around the numbers. */
    private static final long LARGEST_HDF5_OVERHEAD = 64 << 20;
    /** Each weight, its average, its gradients added up and at most two slots of an optimizer for it, in float32. */
    private static final long LARGEST_BYTES_A_PARAMETER = 20;

    private KerasFile() {}

    /**
     * Writes a model. The file is written beside its place and moved there when it is whole, so an older file at the
     * path stays whole if anything fails.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written
     */
    public static void write(SavedModel model, Path path) {
        OutputFile.write(path, beside -> writeZip(model, beside));
    }

    private static void writeZip(SavedModel model, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out));
                Hdf5Writer weights = Hdf5Writer.create()) {
            // Keras stores its entries as they are.
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, METADATA_ENTRY, Json.bytes(metadata()));
            store(zip, CONFIG_ENTRY, Json.bytes(config(model)));
            WeightsHdf5.write(model, weights);
            store(zip, WEIGHTS_ENTRY, weights);
            store(zip, FACTS_ENTRY, Json.bytes(facts(model)));
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        zip.putNextEntry(entry(name, bytes.length, checksum));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** A zip says an entry's checksum before its bytes, so they are gone through twice. */
    private static void store(ZipOutputStream zip, String name, Hdf5Writer hdf5) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        hdf5.writeTo(checked);
        zip.putNextEntry(entry(name, hdf5.size(), checked.getChecksum()));
        hdf5.writeTo(zip);
        zip.closeEntry();
    }

    private static ZipEntry entry(String name, long size, Checksum checksum) {
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(size);
        entry.setCrc(checksum.getValue());
        return entry;
    }

    private static JsonNode metadata() {
        return Json.object()
                .put("keras_version", KERAS_VERSION)
                .put("date_saved", LocalDateTime.now(ZoneId.systemDefault()).format(DATE_SAVED));
    }

    private static JsonNode facts(SavedModel model) {
        ObjectNode facts = TrainingFactsJson.write(model.facts());
        model.compilation()
                .flatMap(compilation -> CompileConfig.read(CompileConfig.write(compilation))
                        .flatMap(inKerasWords -> CompilationFacts.write(compilation, inKerasWords)))
                .ifPresent(own -> facts.set(CompilationFacts.FIELD, own));
        model.optimizerState().flatMap(OptimizerFacts::write).ifPresent(own -> facts.set(OptimizerFacts.FIELD, own));
        return facts;
    }

    private static JsonNode config(SavedModel model) {
        ObjectNode config = NetworkConfigWriter.write(model.network(), ConfigStyle.KERAS_3);
        model.compilation().ifPresent(compilation -> config.set("compile_config", CompileConfig.write(compilation)));
        return config;
    }

    /**
     * Reads a model, as it was saved by resnet4j or by Keras 3.
     *
     * @throws FormatException if the file is missing, damaged, or asks for layers or options that resnet4j does not
     *     have; nothing is half-loaded
     */
    public static SavedModel read(Path path) {
        return ExistingFile.read(path, file -> {
            try (ZipArchive archive = ZipArchive.open(file)) {
                return read(archive);
            }
        });
    }

    private static SavedModel read(ZipArchive archive) throws IOException {
        JsonNode config = Json.parse(
                CONFIG_ENTRY, archive.read(CONFIG_ENTRY, LARGEST_JSON).orElseThrow(() -> missing(CONFIG_ENTRY)));
        LayeredNetwork network = NetworkConfigReader.read(config, kerasVersion(archive), Optional.empty());
        Optional<JsonNode> facts = archive.read(FACTS_ENTRY, LARGEST_JSON).map(bytes -> Json.parse(FACTS_ENTRY, bytes));
        TrainingFacts known = facts.map(json -> TrainingFactsJson.read(FACTS_ENTRY, json, network.network()))
                .orElse(TrainingFacts.NONE);
        Optional<Compilation> inKerasWords = CompileConfig.read(config.path("compile_config"));
        Optional<Compilation> compilation =
                inKerasWords.map(words -> facts.map(json -> CompilationFacts.complete(words, FACTS_ENTRY, json))
                        .orElse(words));
        ByteBuffer weights =
                archive.map(WEIGHTS_ENTRY, largestWeights(network)).orElseThrow(() -> missing(WEIGHTS_ENTRY));
        SavedModel model = readWeights(weights, network, compilation, inKerasWords, known);
        return facts.map(json -> OptimizerFacts.complete(model, FACTS_ENTRY, json))
                .orElse(model);
    }

    /** What the metadata say; a file without them is read for what it looks like. */
    private static Optional<String> kerasVersion(ZipArchive archive) throws IOException {
        return archive.read(METADATA_ENTRY, LARGEST_JSON)
                .map(bytes -> Json.parse(METADATA_ENTRY, bytes))
                .map(json -> json.path("keras_version"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static FormatException missing(String entry) {
        return new FormatException(entry, "the zip has no such entry", "give a file that Keras 3 or resnet4j saved");
    }

    private static long largestWeights(LayeredNetwork network) {
        try {
            long parameters =
                    network.nodes().stream().mapToLong(Node::parameters).reduce(0, Math::addExact);
            return Math.addExact(Math.multiplyExact(parameters, LARGEST_BYTES_A_PARAMETER), LARGEST_HDF5_OVERHEAD);
        } catch (ArithmeticException e) {
            throw new FormatException(
                    CONFIG_ENTRY, "its layers have more weights than can be counted", Advice.SAVE_AGAIN, e);
        }
    }

    private static SavedModel readWeights(
            ByteBuffer bytes,
            LayeredNetwork network,
            Optional<Compilation> compilation,
            Optional<Compilation> inKerasWords,
            TrainingFacts facts) {
        try (WeightsHdf5Reader reader = WeightsHdf5Reader.open(bytes)) {
            Weights weights = reader.readWeights(network);
            Optional<OptimizerState> state =
                    inKerasWords.flatMap(words -> reader.readOptimizerState(network, weights, words));
            return new SavedModel(network.network(), weights, compilation, state, facts);
        } catch (IllegalArgumentException e) {
            throw new FormatException(
                    WEIGHTS_ENTRY, "it does not fit the model: " + e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }
}
