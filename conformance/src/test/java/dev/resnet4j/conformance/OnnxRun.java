package dev.resnet4j.conformance;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.onnx.OnnxFile;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's ONNX file, run by ONNX Runtime. */
final class OnnxRun implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxRun(byte[] file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            session = environment.createSession(file, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the file", e);
        }
    }

    static OnnxRun of(SavedModel model, OnnxOptions options) {
        return new OnnxRun(bytes(model, options));
    }

    /** The file's bytes. */
    static byte[] bytes(SavedModel model, OnnxOptions options) {
        try {
            Path folder = Files.createTempDirectory("onnx");
            Path file = folder.resolve("model.onnx");
            try {
                OnnxFile.write(model, file, options);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The graph with each value made an output, and nothing said about their types and shapes: it works them out. */
    static OnnxRun withEveryValueAsOutput(ModelProto model) {
        ModelProto.Builder bare = model.toBuilder();
        model.getGraph()
                .getValueInfoList()
                .forEach(value -> bare.getGraphBuilder()
                        .addOutput(ValueInfoProto.newBuilder().setName(value.getName())));
        ValueInfoProto.Builder output = bare.getGraphBuilder().getOutputBuilder(0);
        output.clearType();
        bare.getGraphBuilder().clearValueInfo();
        return new OnnxRun(bare.build().toByteArray());
    }

    /** The shape that ONNX Runtime infers for each output, -1 where a size is free. */
    Map<String, List<Long>> inferredShapes() {
        try {
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            session.getOutputInfo().forEach((name, info) -> shapes.put(name, sizes((TensorInfo) info.getInfo())));
            return shapes;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The shape that each output has after a run. */
    Map<String, List<Long>> shapesOf(NdArray input) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), sizes(input));
                OrtSession.Result result = session.run(inputs(tensor))) {
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            result.forEach(entry -> shapes.put(
                    entry.getKey(), sizes((TensorInfo) entry.getValue().getInfo())));
            return shapes;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> sizes(TensorInfo info) {
        return Arrays.stream(info.getShape()).boxed().toList();
    }

    /** The first output for an input of floats. */
    NdArray predict(NdArray input) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), sizes(input))) {
            return run(tensor);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first output for an input of unsigned bytes. */
    NdArray predict(byte[] pixels, Shape shape) {
        long[] sizes = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
        ByteBuffer direct = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, direct, sizes, OnnxJavaType.UINT8)) {
            return run(tensor);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private NdArray run(OnnxTensor input) throws OrtException {
        try (OrtSession.Result result = session.run(inputs(input))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            FloatBuffer numbers = output.getFloatBuffer();
            float[] values = new float[numbers.remaining()];
            numbers.get(values);
            return new NdArray(
                    new Shape(sizes(output.getInfo()).stream()
                            .map(Math::toIntExact)
                            .toList()),
                    values);
        }
    }

    private Map<String, ? extends OnnxTensorLike> inputs(OnnxTensor input) {
        return Map.of(session.getInputNames().iterator().next(), input);
    }

    private static long[] sizes(NdArray array) {
        return array.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
    }

    /** What the file says of itself. */
    Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
