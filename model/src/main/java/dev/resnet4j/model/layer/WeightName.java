package dev.resnet4j.model.layer;

/**
 * Which weight of which layer.
 *
 * @param layer the layer's name: {@code conv1}; inside a nested network after that one's, {@code backbone/conv1}
 * @param weight the weight's name in Keras: {@code kernel}
 */
public record WeightName(String layer, String weight) {
    /** Whether it is what a layer multiplies its input with: {@code kernel}, {@code depthwise_kernel} and so on. */
    public boolean isKernel() {
        return weight.endsWith("kernel");
    }

    @Override
    public String toString() {
        return layer + "/" + weight;
    }
}
