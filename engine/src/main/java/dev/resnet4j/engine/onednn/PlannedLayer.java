package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;

/** A layer, or layers that are run as one, which a plan holds. Its output has its last layer's name. */
sealed interface PlannedLayer {
    /** The names of the feature maps that it takes. */
    List<String> inputs();

    /** The name of the feature map that it makes. */
    String output();

    /** A convolution with the zeros around its input. */
    record Convolution(
            String input, String output, ConvolutionShape shape, WeightName kernel, Optional<WeightName> bias)
            implements PlannedLayer {
        /** Empty, as oneDNN has it, where there is no bias. */
        memory.desc biasOrder() {
            return bias.isPresent() ? Layouts.channels(shape.output().channels()) : new memory.desc();
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * A convolution in use, with all that is fused into it.
     *
     * @param shape how its kernel slides
     */
    record FusedConvolution(FusedLayers layers, ConvolutionShape shape) implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return Stream.concat(Stream.of(layers.input()), layers.residual().stream())
                    .toList();
        }

        @Override
        public String output() {
            return layers.last().name();
        }
    }

    /** Batch normalisation, in training by the batch's own statistics, and a ReLU behind it. */
    record Normalization(String input, String output, BatchNormalization layer, Shape shape, boolean relu)
            implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        WeightName weight(String name) {
            return new WeightName(layer.name(), name);
        }
    }

    /**
     * Zeros around a feature map.
     *
     * @param shape of the output
     */
    record Padding(String input, String output, ZeroPadding2D zeros, Shape inputShape, Shape shape)
            implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * A maximum, or a mean of what is no padding.
     *
     * @param shape of the output
     */
    record Pooling(String input, String output, Window window, boolean maximum, Edges padding, Shape shape)
            implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Rows and columns of padding around a feature map. */
    record Edges(int top, int left, int bottom, int right) {}

    /**
     * The sum of two feature maps of one shape, and a ReLU behind it.
     *
     * @param overwritesFirst whether nobody else needs the first one, not even the way back
     */
    record Sum(String first, String second, String output, boolean relu, boolean overwritesFirst)
            implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return List.of(first, second);
        }
    }

    /** A ReLU by itself. */
    record Relu(String input, String output) implements PlannedLayer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }
}
