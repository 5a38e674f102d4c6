package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.ElementType;
import java.util.Arrays;
import java.util.Optional;

/** The classes by whose names a pickle says what numbers a storage holds. */
enum StorageType implements Global {
    DOUBLE("DoubleStorage", "float64", 8, ElementType.FLOAT64),
    FLOAT("FloatStorage", "float32", 4, ElementType.FLOAT32),
    HALF("HalfStorage", "float16", 2, ElementType.FLOAT16),
    BFLOAT16("BFloat16Storage", "bfloat16", 2, ElementType.BFLOAT16),
    LONG("LongStorage", "int64", 8, ElementType.INT64),
    INT("IntStorage", "int32", 4, null),
    SHORT("ShortStorage", "int16", 2, null),
    CHAR("CharStorage", "int8", 1, null),
    BYTE("ByteStorage", "uint8", 1, null),
    BOOL("BoolStorage", "bool", 1, null),
    COMPLEX_FLOAT("ComplexFloatStorage", "complex64", 8, null),
    COMPLEX_DOUBLE("ComplexDoubleStorage", "complex128", 16, null);

    private final String className;
    private final String torchName;
    private final int bytes;
    private final ElementType elementType;

    StorageType(String className, String torchName, int bytes, ElementType elementType) {
        this.className = className;
        this.torchName = torchName;
        this.bytes = bytes;
        this.elementType = elementType;
    }

    /** The type that PyTorch's class of this name stands for, if it is one. */
    static Optional<StorageType> find(String module, String name) {
        return Arrays.stream(values())
                .filter(type -> module.equals("torch") && type.className.equals(name))
                .findFirst();
    }

    /** The type in which tensors of such numbers are written. */
    static StorageType of(ElementType elementType) {
        return Arrays.stream(values())
                .filter(type -> type.elementType == elementType)
                .findFirst()
                .orElseThrow();
    }

    String className() {
        return className;
    }

    /** How many bytes a number takes. */
    int bytes() {
        return bytes;
    }

    /** How a state dict takes such numbers; empty where it does not. */
    Optional<ElementType> elementType() {
        return Optional.ofNullable(elementType);
    }

    /** PyTorch's name: {@code float32}. */
    @Override
    public String toString() {
        return torchName;
    }
}
