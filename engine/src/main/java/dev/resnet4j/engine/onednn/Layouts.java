package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import org.bytedeco.dnnl.memory;

/** How oneDNN is told of feature maps and channels. */
final class Layouts {
    private Layouts() {}

    /** A batch of feature maps. */
    static memory.desc featureMaps(int batch, Shape one, memory.data_type numbers, memory.format_tag order) {
        return new memory.desc(sizes(batch, one), numbers, order);
    }

    /** A batch's sizes as oneDNN names them, whatever their order in memory: (batch, channels, height, width). */
    static long[] sizes(int batch, Shape one) {
        return new long[] {batch, one.channels(), one.height(), one.width()};
    }

    /** One 32-bit number a channel. */
    static memory.desc channels(int count) {
        return new memory.desc(new long[] {count}, memory.data_type.f32, memory.format_tag.a);
    }
}
