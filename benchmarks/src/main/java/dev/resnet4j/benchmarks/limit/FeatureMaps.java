package dev.resnet4j.benchmarks.limit;

import org.bytedeco.dnnl.memory;

/**
 * Where convolutions find their feature maps, all of them in the same places: a network reads what it has just written, so
 * that its maps are in the processor's caches as far as they fit there. To be closed behind the last call that uses them.
 */
final class FeatureMaps implements AutoCloseable {
    private final Place inputs = new Place();
    private final Place outputGradients = new Place();
    /** Apart from what is read: numbers that come from each other step by step would grow out of all bounds. */
    private final Place results = new Place();

    memory input(memory.desc order) {
        return inputs.as(order);
    }

    memory outputGradient(memory.desc order) {
        return outputGradients.as(order);
    }

    memory result(memory.desc order) {
        return results.as(order);
    }

    @Override
    public void close() {
        inputs.close();
        outputGradients.close();
        results.close();
    }
}
