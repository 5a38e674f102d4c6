package dev.resnet4j.formats.keras;

import java.util.List;

/**
 * What a layer of a file takes its input's axes for, which matters where feature maps are (channels, height, width).
 *
 * @param kind how
 * @param axes the axes that the layer names, counted from 0, the batch axis, or from -1 backwards; empty if it names none
 */
record AxisUse(Kind kind, List<Integer> axes) {
    /** How a layer takes its input's axes. */
    enum Kind {
        /** All alike, or by a default that the file does not tell. */
        ANY_ORDER,
        /** In the order in which they stand in the file. */
        AS_WRITTEN,
        /** As (channels, height, width). */
        CHANNELS_FIRST,
        /** One of them is special and may stand anywhere: the one that is concatenated, or over which a softmax goes. */
        ALONG,
        /** The named ones are the channels. */
        CHANNELS,
        /** Along the named ones a weight is shared. */
        SHARED
    }

    static final AxisUse ANY_ORDER = new AxisUse(Kind.ANY_ORDER, List.of());
    static final AxisUse AS_WRITTEN = new AxisUse(Kind.AS_WRITTEN, List.of());
    static final AxisUse CHANNELS_FIRST = new AxisUse(Kind.CHANNELS_FIRST, List.of());

    static AxisUse along(int axis) {
        return new AxisUse(Kind.ALONG, List.of(axis));
    }

    static AxisUse channels(List<Integer> axes) {
        return new AxisUse(Kind.CHANNELS, axes);
    }

    static AxisUse shared(List<Integer> axes) {
        return new AxisUse(Kind.SHARED, axes);
    }
}
