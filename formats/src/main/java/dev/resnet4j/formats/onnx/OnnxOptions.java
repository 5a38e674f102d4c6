package dev.resnet4j.formats.onnx;

import java.util.Objects;

/**
 * What an ONNX graph takes and gives.
 *
 * @param input what stands in the input array
 * @param layout where the channels of pictures and feature maps stand, in the input and in the output
 * @param softmax whether a softmax at the end of the network stays; without it the graph gives logits
 */
public record OnnxOptions(Input input, Layout layout, boolean softmax) {
    /** The arrays that {@code predict} takes and gives, resnet4j's and Keras's. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(Input.PREPROCESSED, Layout.NHWC, true);

    public OnnxOptions {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(layout, "layout");
    }

    /** With this input. */
    public OnnxOptions withInput(Input newInput) {
        return new OnnxOptions(newInput, layout, softmax);
    }

    /** With this layout. */
    public OnnxOptions withLayout(Layout newLayout) {
        return new OnnxOptions(input, newLayout, softmax);
    }

    /** With or without the softmax at the end. */
    public OnnxOptions withSoftmax(boolean newSoftmax) {
        return new OnnxOptions(input, layout, newSoftmax);
    }

    /** What stands in the input array. */
    public enum Input {
        /** 32-bit floats, preprocessed before they come: what the network itself takes. */
        PREPROCESSED,
        /** Pixels from 0 to 255 as 32-bit floats; the graph preprocesses them. */
        FLOAT_PIXELS,
        /** Pixels from 0 to 255 as unsigned bytes; the graph preprocesses them. */
        BYTE_PIXELS
    }

    /** The order of the axes of pictures and feature maps. */
    public enum Layout {
        /** (batch, height, width, channels), as Keras and TensorFlow have it. */
        NHWC,
        /** (batch, channels, height, width), as PyTorch has it. */
        NCHW
    }
}
