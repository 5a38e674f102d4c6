package dev.resnet4j.formats;

/** How a file of PyTorch or safetensors stores the numbers of an array; the types that a {@link StateDict} is read from. */
public enum ElementType {
    FLOAT64("float64", Double.BYTES),
    FLOAT32("float32", Float.BYTES),
    FLOAT16("float16", Short.BYTES),
    BFLOAT16("bfloat16", Short.BYTES),
    INT64("int64", Long.BYTES);

    private final String torchName;
    private final int bytes;

    ElementType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** How many bytes a number takes in a file. */
    public int bytes() {
        return bytes;
    }

    /** PyTorch's name: {@code float32}. */
    @Override
    public String toString() {
        return torchName;
    }
}
