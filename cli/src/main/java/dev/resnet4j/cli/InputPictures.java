package dev.resnet4j.cli;

import dev.resnet4j.data.ColorMode;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.data.ImageOptions;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.TensorFlowResize;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.nio.file.Path;

/**
 * How pictures from files become what a classifier takes.
 *
 * @param options of reading: grey for a model of one channel
 * @param size that the model takes
 */
record InputPictures(ImageOptions options, ImageSize size) {
    /**
     * For a model.
     *
     * @param modelFile the model's name for messages
     * @throws CommandException if the model is no classifier of pictures
     */
    static InputPictures of(String modelFile, Network network) {
        Shape input = network.inputShape();
        boolean takesPictures = input.rank() == 3 && (input.channels() == 1 || input.channels() == 3);
        if (!takesPictures || network.outputShape().rank() != 1) {
            throw new CommandException(modelFile + " is no classifier of pictures: it takes " + input + " and gives "
                    + network.outputShape() + "; give a model that takes (height, width, 3), or 1 for grey, and gives"
                    + " (classes,)");
        }
        return new InputPictures(
                ImageOptions.DEFAULT.withColorMode(input.channels() == 1 ? ColorMode.GRAYSCALE : ColorMode.RGB),
                new ImageSize(input.height(), input.width()));
    }

    /** The picture in its own size. @throws dev.resnet4j.data.DataException if it cannot be read */
    Image read(Path file) {
        return ImageFiles.read(file, options);
    }

    /** A picture in the model's size, as in training. */
    Image fitted(Image picture) {
        return TensorFlowResize.bilinear(picture, size);
    }
}
