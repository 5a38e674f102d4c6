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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A model's ONNX file, run by ONNX Runtime. */
final class OnnxRun implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxRun(Session opened) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            session = opened.of(environment, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the file", e);
        }
    }

    /** From a file or from bytes. */
    private interface Session {
        OrtSession of(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException;
    }

    static OnnxRun of(SavedModel model, OnnxOptions options) {
        return withFile(
                model,
                options,
                file -> new OnnxRun((environment, session) -> environment.createSession(file.toString(), session)));
    }

    /** What the file says. */
    static ModelProto parse(SavedModel model, OnnxOptions options) {
        return withFile(model, options, file -> {
            try (InputStream in = Files.newInputStream(file)) {
                return ModelProto.parseFrom(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static <T> T withFile(SavedModel model, OnnxOptions options, Function<Path, T> use) {
        try {
            Path folder = Files.createTempDirectory("onnx");
            Path file = folder.resolve("model.onnx");
            try {
                OnnxFile.write(model, file, options);
                return use.apply(file);
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
        byte[] bytes = bare.build().toByteArray();
        return new OnnxRun((environment, session) -> environment.createSession(bytes, session));
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
