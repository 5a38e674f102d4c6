package dev.resnet4j.formats.onnx;

import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;

/**
 * A window that slides over a feature map, in the attributes that ONNX's operators take. The padding is said in numbers:
 * {@code auto_pad} is deprecated.
 *
 * @param input the feature map's shape in Keras's order
 */
record Window(Size2D size, Size2D strides, Padding padding, Shape input) {
    Operation addTo(Operation operation) {
        return operation
                .integers("kernel_shape", size.height(), size.width())
                .integers("strides", strides.height(), strides.width())
                .integers(
                        "pads",
                        padding.before(input.height(), size.height(), strides.height()),
                        padding.before(input.width(), size.width(), strides.width()),
                        padding.after(input.height(), size.height(), strides.height()),
                        padding.after(input.width(), size.width(), strides.width()));
    }
}
