package dev.resnet4j.formats.pytorch;

/**
 * Numbers in a file, of which tensors are views.
 *
 * @param key its name in the file
 * @param elements how many numbers it holds, at least 0
 */
record Storage(StorageType type, String key, long elements) {
    /**
     * How many bytes it takes in the file.
     *
     * @throws ArithmeticException if not even a long can count them
     */
    long bytes() {
        return Math.multiplyExact(elements, (long) type.bytes());
    }
}
