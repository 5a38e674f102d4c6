package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto.Dimension;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What an ONNX file says and gives, against the model that it was made of. */
final class OnnxComparison {
    /** Of the largest number: sums of up to a few hundred products in another order. */
    static final double LAYER_TOLERANCE = 1e-5;

    private static final int[] BATCHES = {1, 3};

    private OnnxComparison() {}

    /** The same predictions, of one picture and of three. */
    static void requireSame(SavedModel saved, double tolerance) {
        try (Model model = Model.of(saved, Device.CPU);
                OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT)) {
            for (int batch : BATCHES) {
                NdArray input = TestArrays.normal(saved.network().inputShape().withBatch(batch), batch);
                Closeness.requireClose(
                        saved.network().name() + " on " + batch, run.predict(input), model.predict(input), tolerance);
            }
        }
    }

    /** A network of one layer. */
    static Network network(Shape input, Layer layer) {
        SymbolicTensor given = SymbolicTensor.input(input);
        return Network.of("one layer", given, layer.apply(given));
    }

    static SavedModel withLivelyWeights(Network network) {
        return withLivelyWeights(network, TrainingFacts.NONE);
    }

    /** Weights that leave nothing as it is: moving statistics too, variances above 0. */
    static SavedModel withLivelyWeights(Network network, TrainingFacts facts) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network).arrays().forEach((name, initial) -> arrays.put(name, changed(name, initial)));
        return new SavedModel(network, new Weights(arrays), Optional.empty(), Optional.empty(), facts);
    }

    private static NdArray changed(WeightName name, NdArray initial) {
        if (name.isKernel()) {
            return new GlorotUniform(name.hashCode()).initialize(initial.shape());
        }
        Random random = new Random(name.hashCode());
        boolean positive = name.weight().endsWith("variance");
        float[] values = initial.values();
        for (int index = 0; index < values.length; index++) {
            values[index] = positive ? 0.5f + random.nextFloat() : values[index] + 0.1f * (float) random.nextGaussian();
        }
        return new NdArray(initial.shape(), values);
    }

    /** The shapes that ONNX Runtime infers, and those of a run. */
    static void requireShapes(SavedModel saved) {
        ModelProto model = OnnxRun.parse(saved, OnnxOptions.DEFAULT);
        Map<String, List<Long>> said = new LinkedHashMap<>();
        said.put(model.getGraph().getOutput(0).getName(), sizes(model.getGraph().getOutput(0), -1));
        model.getGraph().getValueInfoList().forEach(value -> said.put(value.getName(), sizes(value, -1)));
        try (OnnxRun run = OnnxRun.withEveryValueAsOutput(model)) {
            assertThat(run.inferredShapes()).isEqualTo(said);
            NdArray input = TestArrays.normal(saved.network().inputShape().withBatch(3), 1);
            said.replaceAll((name, sizes) -> {
                List<Long> ofThree = new ArrayList<>(sizes);
                ofThree.set(0, 3L);
                return ofThree;
            });
            assertThat(run.shapesOf(input)).isEqualTo(said);
        }
    }

    private static List<Long> sizes(ValueInfoProto value, long free) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(size -> size.getValueCase() == Dimension.ValueCase.DIM_VALUE ? size.getDimValue() : free)
                .toList();
    }
}
