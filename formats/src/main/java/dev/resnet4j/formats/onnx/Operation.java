package dev.resnet4j.formats.onnx;

import com.google.protobuf.ByteString;
import dev.resnet4j.formats.onnx.proto.AttributeProto;
import dev.resnet4j.formats.onnx.proto.AttributeProto.AttributeType;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An operator on its inputs, with its attributes. */
final class Operation {
    private final String type;
    private final List<Value> inputs;
    private final List<AttributeProto> attributes = new ArrayList<>();
    private Optional<DataType> unusedOutput = Optional.empty();

    /** @param type ONNX's name of the operator: {@code Conv} */
    Operation(String type, List<Value> inputs) {
        this.type = type;
        this.inputs = List.copyOf(inputs);
    }

    Operation(String type, Value... inputs) {
        this(type, List.of(inputs));
    }

    String type() {
        return type;
    }

    List<Value> inputs() {
        return inputs;
    }

    List<AttributeProto> attributes() {
        return attributes;
    }

    Operation integer(String name, long value) {
        return with(attribute(name, AttributeType.INT).setI(value));
    }

    Operation integers(String name, List<Integer> values) {
        return with(attribute(name, AttributeType.INTS)
                .addAllInts(values.stream().map(Integer::longValue).toList()));
    }

    Operation real(String name, double value) {
        return with(attribute(name, AttributeType.FLOAT).setF((float) value));
    }

    Operation text(String name, String value) {
        return with(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
    }

    /** Tells of a second output that ONNX asks to be named and that nothing takes. It has the first one's shape. */
    Operation unusedOutput(DataType type) {
        unusedOutput = Optional.of(type);
        return this;
    }

    Optional<DataType> unusedOutput() {
        return unusedOutput;
    }

    private Operation with(AttributeProto.Builder attribute) {
        attributes.add(attribute.build());
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
