package dev.resnet4j.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * How oneDNN's convolutions want a 32-bit kernel to lie in memory, so that it need not be brought into order in each step:
 * input and output channels in blocks, (out / size, in / size, height, width, in of a block, out of a block).
 *
 * @param size how many channels are in a block, by the width of the processor's vectors
 */
public record KernelBlocks(int size) {
    /** Blocks for a kernel; empty where one would not be full, or the processor has no such vectors. */
    public static Optional<KernelBlocks> of(int in, int out) {
        return Optional.of(new KernelBlocks(vectorSize()))
                .filter(blocks -> blocks.size > 1 && in % blocks.size == 0 && out % blocks.size == 0);
    }

    private static int vectorSize() {
        int instructions = dnnl.dnnl_get_effective_cpu_isa();
        if ((instructions & dnnl.dnnl_cpu_isa_avx512_core) == dnnl.dnnl_cpu_isa_avx512_core) {
            return 16;
        }
        return (instructions & dnnl.dnnl_cpu_isa_avx2) == dnnl.dnnl_cpu_isa_avx2 ? 8 : 1;
    }

    /** What oneDNN calls it, for sizes (out, in, height, width). */
    memory.format_tag order() {
        return size == 16 ? memory.format_tag.ABcd16b16a : memory.format_tag.ABcd8b8a;
    }
}
