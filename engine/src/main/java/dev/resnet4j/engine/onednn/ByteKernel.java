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
        for (int start = 0; start < numbers.length; start += channels) {
            for (int channel = 0; channel < channels; channel++) {
                steps[channel] = Math.max(steps[channel], Math.abs(numbers[start + channel]));
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            steps[channel] = ByteScale.step(steps[channel], ByteScale.LARGEST_SIGNED);
        }
        byte[] values = new byte[numbers.length];
        for (int start = 0; start < values.length; start += channels) {
            for (int channel = 0; channel < channels; channel++) {
                values[start + channel] = (byte) Math.round(numbers[start + channel] / steps[channel]);
            }
        }
        return new ByteKernel(values, steps);
    }
}
