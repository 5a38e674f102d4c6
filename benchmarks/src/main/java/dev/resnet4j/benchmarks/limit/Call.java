package dev.resnet4j.benchmarks.limit;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/**
 * A primitive with its memory, until closed. By oneDNN's interface for C, whose arguments are made ready once: that for C++
 * copies them in each call.
 */
final class Call implements AutoCloseable {
    private static final int MOST_ARGUMENTS = 3;

    private final List<Pointer> owned = new ArrayList<>();
    private final dnnl_primitive primitive;
    private final dnnl_stream stream;
    private final dnnl_exec_arg_t arguments;
    private int count;

    Call(primitive made) {
        primitive = keep(keep(made).get());
        stream = keep(OneDnn.stream().get());
        arguments = keep(new dnnl_exec_arg_t(MOST_ARGUMENTS));
    }

    /** Gives it one more memory, by one of oneDNN's names. */
    Call with(int argument, memory numbers) {
        arguments.getPointer(count++).arg(argument).memory(keep(numbers).get());
        return this;
    }

    private <P extends Pointer> P keep(P pointer) {
        owned.add(pointer.retainReference());
        return pointer;
    }

    /** Done when this returns. */
    void run() {
        int status = dnnl.dnnl_primitive_execute(primitive, stream, count, arguments);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN gave up with status " + status);
        }
    }

    @Override
    public void close() {
        owned.forEach(Pointer::close);
    }
}
