package dev.resnet4j.engine.onednn;

import org.bytedeco.dnnl.memory;

/** The numbers of feature maps and kernels. */
public enum NumberType {
    FLOAT(memory.data_type.f32),
    BFLOAT16(memory.data_type.bf16);

    private final memory.data_type dataType;

    NumberType(memory.data_type dataType) {
        this.dataType = dataType;
    }

    memory.data_type dataType() {
        return dataType;
    }
}
