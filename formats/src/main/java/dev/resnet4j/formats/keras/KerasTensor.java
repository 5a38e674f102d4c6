package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * A tensor of a file's network.
 *
 * @param tensor what it is here
 * @param channelsMoved whether the file has it as (channels, height, width) and it is (height, width, channels) here
 */
record KerasTensor(SymbolicTensor tensor, boolean channelsMoved) {
    boolean isFeatureMap() {
        return tensor.shape().rank() == 3;
    }

    /** Its shape in the file. */
    Shape shapeInFile() {
        Shape shape = tensor.shape();
        return channelsMoved ? Shape.of(shape.channels(), shape.height(), shape.width()) : shape;
    }

    /** The shape here of a picture that is (channels, height, width) in the file. */
    static Shape channelsLast(Shape inFile) {
        List<Integer> sizes = inFile.dimensions();
        return Shape.of(sizes.get(1), sizes.get(2), sizes.get(0));
    }
}
