package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.SymbolicTensor;

/** The end of a network without classifier. */
final class Top {
    private Top() {}

    /** The last feature map as the options want it, under Keras's names of the pooling layers. */
    static SymbolicTensor pooled(SymbolicTensor features, Pooling pooling) {
        return switch (pooling) {
            case NONE -> features;
            case AVERAGE -> new GlobalAveragePooling2D().withName("avg_pool").apply(features);
            case MAX -> new GlobalMaxPooling2D().withName("max_pool").apply(features);
        };
    }
}
