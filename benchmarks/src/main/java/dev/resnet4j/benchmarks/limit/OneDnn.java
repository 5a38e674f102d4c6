package dev.resnet4j.benchmarks.limit;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;

/** oneDNN on this machine's processor. */
final class OneDnn {
    private static final engine PROCESSOR = new engine(engine.kind.cpu, 0).retainReference();
    private static final stream STREAM = new stream(PROCESSOR).retainReference();

    private OneDnn() {}

    static engine processor() {
        return PROCESSOR;
    }

    /** On a processor, a primitive is done when its call returns. */
    static stream stream() {
        return STREAM;
    }

    static memory.data_type dataType(NumberFormat numbers) {
        return switch (numbers) {
            case FP32 -> memory.data_type.f32;
            case BF16 -> memory.data_type.bf16;
            case INT8 -> throw new IllegalArgumentException("the limit is of floating point");
        };
    }
}
