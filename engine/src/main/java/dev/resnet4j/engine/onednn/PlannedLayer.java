package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;

/**
 * A layer, or layers that are run as one, which a plan holds. Its output has its last layer's name, unless it is made for the
 * plan alone.
 */
sealed interface PlannedLayer {
    /** The names of the feature maps that it takes. */
    List<String> inputs();

    /** The name of the feature map that it makes. */
    String output();

    /** A convolution, alone or with layers around it. */
    sealed interface Convolving extends PlannedLayer {
        /** The name of the feature map that is convolved. */
        String input();

        /** How the kernel slides. */
        ConvolutionShape shape();

        /** The same kernel over another feature map, sliding in another way. */
        Convolving with(String newInput, ConvolutionShape newShape);
    }

    /** A convolution with the zeros around its input. */
    record Convolution(
            String input, String output, ConvolutionShape shape, WeightName kernel, Optional<WeightName> bias)
            implements Convolving {
        /** Empty, as oneDNN has it, where there is no bias. */
        memory.desc biasOrder() {
            return bias.isPresent() ? Layouts.channels(shape.output().channels()) : new memory.desc();
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Convolution with(String newInput, ConvolutionShape newShape) {
            return new Convolution(newInput, output, newShape, kernel, bias);
        }
    }

    /**
     * A convolution in use, with all that is fused into it.
     *
     * @param layers what it does; its feature maps may be smaller than theirs, where pixels are left out
     * @param residual the name of the feature map that is added
     */
    record FusedConvolution(
            FusedLayers layers, String input, Optional<String> residual, String output, ConvolutionShape shape)
            implements Convolving {
        /** @param shape how the kernel slides */
        FusedConvolution(FusedLayers layers, ConvolutionShape shape) {
            this(layers, layers.input(), layers.residual(), layers.last().name(), shape);
        }

        @Override
        public List<String> inputs() {
            return Stream.concat(Stream.of(input), residual.stream()).toList();
        }

        @Override
        public FusedConvolution with(String newInput, ConvolutionShape newShape) {
            return new FusedConvolution(layers, newInput, residual, output, newShape);
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
        /**
         * One that only leaves pixels out.
         *
         * @param shape of the output
         */
        static Pooling ofSinglePixels(String input, Size2D strides, Shape shape) {
            return new Pooling(
                    input,
                    input + " by " + strides,
                    new Window(Size2D.square(1), strides, dev.resnet4j.model.layer.Padding.VALID),
                    false,
                    Edges.NONE,
                    shape);
        }

        /** Whether it only leaves pixels out. */
        boolean isOfSinglePixels() {
            return window.size().equals(Size2D.square(1)) && padding.equals(Edges.NONE);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Rows and columns of padding around a feature map. */
    record Edges(int top, int left, int bottom, int right) {
        static final Edges NONE = new Edges(0, 0, 0, 0);
    }

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
