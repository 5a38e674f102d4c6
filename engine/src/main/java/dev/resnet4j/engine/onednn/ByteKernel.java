package dev.resnet4j.engine.onednn;

/**
 * A kernel in bytes from -127 to 127, with a step of its own for each output channel.
 *
 * @param values in Keras's order, the output channels last
 * @param steps one for each output channel, above 0
 */
record ByteKernel(byte[] values, float[] steps) {
    static ByteKernel of(FoldedKernel kernel) {
        float[] numbers = kernel.kernel().values();
        int channels = kernel.bias().length;
        float[] steps = new float[channels];
        for (int index = 0; index < numbers.length; index++) {
            steps[index % channels] = Math.max(steps[index % channels], Math.abs(numbers[index]));
        }
        for (int channel = 0; channel < channels; channel++) {
            steps[channel] = ByteScale.step(steps[channel], ByteScale.LARGEST_SIGNED);
        }
        byte[] values = new byte[numbers.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = (byte) Math.round(numbers[index] / steps[index % channels]);
        }
        return new ByteKernel(values, steps);
    }
}
