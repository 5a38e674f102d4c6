package dev.resnet4j.benchmarks.limit;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Memory that several feature maps share, until closed. */
final class Place implements AutoCloseable {
    /** The largest last. What was outgrown is still in use. */
    private final List<memory> blocks = new ArrayList<>();

    private long bytes;

    /** The place, read or written as a feature map. */
    memory as(memory.desc order) {
        if (order.get_size() > bytes) {
            bytes = order.get_size();
            memory.desc block = new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.a);
            blocks.add(Noise.memory(block).retainReference());
        }
        return new memory(
                order, OneDnn.processor(), blocks.get(blocks.size() - 1).get_data_handle());
    }

    @Override
    public void close() {
        blocks.forEach(memory::close);
    }
}
