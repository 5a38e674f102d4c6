package dev.resnet4j.engine.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * Between Keras's order of axes and ours. A batch of feature maps is (batch, channels, height, width) here and (batch,
 * height, width, channels) in Keras, the same memory; every other tensor has Keras's axes.
 */
final class KerasOrder {
    private static final int FEATURE_MAP_RANK = 4;
    private static final long[] FEATURE_MAP_AXES = {0, 2, 3, 1};

    private KerasOrder() {}

    /** A view of the tensor with Keras's axes; the tensor itself where it has them. */
    static Tensor of(Tensor x) {
        return isFeatureMap(x) ? x.permute(FEATURE_MAP_AXES) : x;
    }

    /** A view with our axes of a tensor with Keras's; the tensor itself where they are the same. */
    static Tensor undo(Tensor keras) {
        return isFeatureMap(keras) ? keras.permute(0, 3, 1, 2) : keras;
    }

    /**
     * Which axis of the tensor one of Keras's is.
     *
     * @param kerasAxis counted from 0, the batch axis, or from -1 backwards
     */
    static long axis(int kerasAxis, Tensor x) {
        int place = Math.toIntExact(kerasAxis < 0 ? x.dim() + kerasAxis : kerasAxis);
        return isFeatureMap(x) ? FEATURE_MAP_AXES[place] : place;
    }

    /** The axis that is last in Keras. */
    static long channelAxis(Tensor x) {
        return axis(-1, x);
    }

    /** A view with the channels at axis 1, where libtorch's normalisations take them; applied twice, the tensor's axes. */
    static Tensor withChannelsSecond(Tensor x) {
        return isFeatureMap(x) ? x : x.transpose(1, -1);
    }

    private static boolean isFeatureMap(Tensor x) {
        return x.dim() == FEATURE_MAP_RANK;
    }
}
