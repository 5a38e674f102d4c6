package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.hdf5.Hdf5Attributes;
import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.formats.keras.StoredLayer.StoredArray;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.OptimizerState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whole models in Keras's legacy format, {@code .h5} or {@code .hdf5}: what {@code model.save("model.h5")} of Keras 1, 2,
 * tf.keras and 3 writes, with the optimizer's state.
 */
public final class KerasHdf5File {
    static final String MODEL_CONFIG = "model_config";
    static final String TRAINING_CONFIG = "training_config";
    static final String MODEL_WEIGHTS = "model_weights";
    static final String OPTIMIZER_WEIGHTS = "optimizer_weights";
    static final String VERSION = "keras_version";
    static final String BACKEND = "backend";
    /** Ours, which Keras passes over. */
    static final String FACTS = "resnet4j";

    private KerasHdf5File() {}

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is missing, damaged, holds weights only, or asks for layers or options that
     *     resnet4j does not have; nothing is half-loaded
     */
    public static SavedModel read(Path path) {
        return read(path, Optional.empty());
    }

    /**
     * Reads a model whose pictures may have any size.
     *
     * @param inputShape the shape of one picture, (height, width, channels), where the file leaves it open
     * @throws FormatException as {@link #read(Path)}, and if the shape is not one that the model admits
     */
    public static SavedModel read(Path path, Shape inputShape) {
        return read(path, Optional.of(inputShape));
    }

    /**
     * Writes a model in the form of tf.keras 2.11 to 2.15. The file is
     * written beside its place and moved there when it is whole.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written, or Keras 2 has no word for one of the network's options
     */
    public static void write(SavedModel model, Path path) {
        KerasWeightsFile.write(path, file -> write(model, file));
    }

    private static void write(SavedModel model, Hdf5Writer file) {
        LegacyWeightsWriter writer = new LegacyWeightsWriter(file);
        file.setBytes("/", MODEL_CONFIG, text(NetworkConfigWriter.write(model.network(), ConfigStyle.KERAS_2)));
        model.compilation()
                .ifPresent(compilation ->
                        file.setBytes("/", TRAINING_CONFIG, text(CompileConfig.writeLegacy(compilation))));
        Optional<ObjectNode> ofCompilation = model.compilation()
                .flatMap(compilation -> CompileConfig.readLegacy(CompileConfig.writeLegacy(compilation))
                        .flatMap(inKerasWords -> CompilationFacts.write(compilation, inKerasWords)));
        Optional<ObjectNode> ofOptimizer = model.optimizerState().flatMap(OptimizerFacts::write);
        if (!model.facts().equals(TrainingFacts.NONE) || ofCompilation.isPresent() || ofOptimizer.isPresent()) {
            ObjectNode facts = TrainingFactsJson.write(model.facts());
            ofCompilation.ifPresent(own -> facts.set(CompilationFacts.FIELD, own));
            ofOptimizer.ifPresent(own -> facts.set(OptimizerFacts.FIELD, own));
            file.setString("/", FACTS, text(facts));
        }
        writer.addVersion();
        writer.addWeights(MODEL_WEIGHTS, model.network(), model.weights());
        model.optimizerState().ifPresent(state -> {
            writer.addOptimizer(
                    model.network(), model.compilation().orElseThrow().optimizer(), state);
            state.average()
                    .ifPresent(average -> AveragedStatistics.write(model.network(), model.weights(), average, file));
        });
    }

    private static String text(JsonNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    private static SavedModel read(Path path, Optional<Shape> inputShape) {
        return ExistingFile.read(path, existing -> {
            try (Hdf5File file = Hdf5File.open(existing)) {
                return read(file, inputShape);
            }
        });
    }

    static SavedModel read(Hdf5File file, Optional<Shape> inputShape) {
        Hdf5Attributes attributes = file.root().attributes();
        String config = attributes.string(MODEL_CONFIG).orElseThrow(() -> withoutConfig(file));
        Optional<String> version = attributes.string(VERSION);
        LayeredNetwork network = NetworkConfigReader.read(parse(MODEL_CONFIG, config), version, inputShape);
        JsonNode own = json(attributes, FACTS);
        TrainingFacts facts =
                own.isMissingNode() ? TrainingFacts.NONE : TrainingFactsJson.read(FACTS, own, network.network());
        Optional<Compilation> inKerasWords = CompileConfig.readLegacy(json(attributes, TRAINING_CONFIG));
        Optional<Compilation> compilation = inKerasWords.map(words -> CompilationFacts.complete(words, FACTS, own));

        Hdf5Group group = file.root()
                .group(MODEL_WEIGHTS)
                .orElseThrow(() -> new FormatException("/", "it has no " + MODEL_WEIGHTS, Advice.SAVE_AGAIN));
        List<StoredLayer> layers = StoredLayer.ofLegacy(group);
        StoredForm form = StoredForm.of(version, attributes.string(BACKEND), layers);
        Weights weights = readWeights(layers, network, form);
        Optional<OptimizerState> state = inKerasWords.flatMap(words ->
                OptimizerStateReader.read(optimizerVariables(file), file.root(), network, weights, words, form));
        try {
            SavedModel model = new SavedModel(network.network(), weights, compilation, state, facts);
            return OptimizerFacts.complete(model, FACTS, own);
        } catch (IllegalArgumentException e) {
            throw new FormatException(
                    MODEL_WEIGHTS, "it does not fit the model: " + e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    private static JsonNode json(Hdf5Attributes attributes, String attribute) {
        return attributes.string(attribute).map(text -> parse(attribute, text)).orElse(MissingNode.getInstance());
    }

    private static JsonNode parse(String attribute, String text) {
        return Json.parse(attribute, text.getBytes(StandardCharsets.UTF_8));
    }

    private static FormatException withoutConfig(Hdf5File file) {
        boolean legacyWeights =
                file.root().attributes().strings(StoredLayer.LAYER_NAMES).isPresent();
        if (legacyWeights) {
            StoredLayer.requireNoneRecurrent(StoredLayer.ofLegacy(file.root()));
        }
        boolean weightsOnly = legacyWeights || WeightsHdf5Reader.isLaidOutSo(file.root());
        return new FormatException(
                "/",
                weightsOnly
                        ? "it holds weights only, without the layers that they are of"
                        : "it holds no model of Keras's",
                weightsOnly
                        ? "load the weights into a model of the same layers, or save the whole model"
                        : "give a file that Keras or resnet4j saved");
    }

    private static Weights readWeights(List<StoredLayer> stored, LayeredNetwork network, StoredForm form) {
        Map<String, StoredLayer> byName = new HashMap<>();
        stored.forEach(layer -> byName.put(layer.name(), layer));
        WeightMatch match = new WeightMatch(form);
        for (KerasLayer layer : network.layers()) {
            List<StoredArray> arrays = Optional.ofNullable(byName.get(layer.name()))
                    .map(StoredLayer::arrays)
                    .orElse(List.of());
            match.take(layer.name(), KerasWeight.of(layer), arrays, MODEL_WEIGHTS + "/" + layer.name());
        }
        match.requireNoProblems(
                MODEL_WEIGHTS, "the weights are not of the network in " + MODEL_CONFIG + ": save the model again");
        return new Weights(match.read());
    }

    private static List<StoredArray> optimizerVariables(Hdf5File file) {
        return file.root().group(OPTIMIZER_WEIGHTS).map(StoredLayer::named).orElse(List.of());
    }
}
