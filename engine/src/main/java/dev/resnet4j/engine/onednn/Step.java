package dev.resnet4j.engine.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;

/**
 * One of oneDNN's primitives with what it works on, ready to be run again and again.
 *
 * @param action what is done
 * @param stream where; asking for both in each run would take longer than to run a small primitive
 * @param arguments as an array in native memory: made once, since a call's own map costs more than a small primitive
 * @param count how many arguments
 */
record Step(dnnl_primitive action, dnnl_stream stream, dnnl_exec_arg_t arguments, int count) {
    /** @param blocks by oneDNN's number of the argument */
    static Step of(primitive action, Map<Integer, Block> blocks, NativeObjects owner) {
        dnnl_exec_arg_t arguments = owner.keep(new dnnl_exec_arg_t(blocks.size()));
        int index = 0;
        for (Map.Entry<Integer, Block> block : blocks.entrySet()) {
            arguments
                    .getPointer(index++)
                    .arg(block.getKey())
                    .memory(block.getValue().place().get());
        }
        return new Step(
                owner.keep(owner.keep(action).get()), owner.keep(OneDnn.stream().get()), arguments, blocks.size());
    }

    void run() {
        int status = dnnl.dnnl_primitive_execute(action, stream, count, arguments);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN could not run a primitive: status " + status);
        }
    }
}
