package dev.resnet4j.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of the tutorial's ResNet-50.
 *
 * @param inputs channels that go in
 * @param outputs channels that come out
 * @param kernel height and width of the kernel
 * @param strides of rows and columns
 * @param padding zeros around the feature map
 * @param side height and width of the feature map that goes in
 * @param shortcut whether it projects a block's input past the block
 */
public record ConvolutionShape(
        int inputs, int outputs, int kernel, int strides, int padding, int side, boolean shortcut) {
    private static final int[] WIDTHS = {64, 128, 256, 512};

    /** Blocks of each stage. */
    public static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

    /** Zeros around the pictures. */
    public static final int PICTURE_PADDING = 3;

    /** The last one of {@link #ofResNet50}. */
    public static ConvolutionShape lastOfResNet50(int pictureSide) {
        List<ConvolutionShape> all = ofResNet50(pictureSide);
        return all.get(all.size() - 1);
    }

    /** All 53 of them in the order in which they run, a block's projection behind its main path. */
    public static List<ConvolutionShape> ofResNet50(int pictureSide) {
        List<ConvolutionShape> all = new ArrayList<>();
        ConvolutionShape first = new ConvolutionShape(3, 64, 7, 2, 0, pictureSide + 2 * PICTURE_PADDING, false);
        all.add(first);
        int side = (first.outputSide() - 3) / 2 + 1;
        int channels = 64;
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            int width = WIDTHS[stage];
            for (int block = 0; block < BLOCKS.get(stage); block++) {
                int strides = block == 0 && stage > 0 ? 2 : 1;
                ConvolutionShape reduce = new ConvolutionShape(channels, width, 1, strides, 0, side, false);
                all.add(reduce);
                all.add(new ConvolutionShape(width, width, 3, 1, 1, reduce.outputSide(), false));
                all.add(new ConvolutionShape(width, 4 * width, 1, 1, 0, reduce.outputSide(), false));
                if (block == 0) {
                    all.add(new ConvolutionShape(channels, 4 * width, 1, strides, 0, side, true));
                }
                channels = 4 * width;
                side = reduce.outputSide();
            }
        }
        return all;
    }

    /** Height and width of the feature map that comes out. */
    public int outputSide() {
        return (side + 2 * padding - kernel) / strides + 1;
    }

    /** Height and width of the average pool's window behind the last convolution: 2, where there are as many pixels. */
    public int poolBehind() {
        return Math.min(2, outputSide());
    }

    /** Numbers of a picture that the average pool behind the last convolution leaves. */
    public int featuresBehind() {
        int pooledSide = outputSide() / poolBehind();
        return outputs * pooledSide * pooledSide;
    }

    /** Multiplications and additions for one picture, forward; the gradient of each operand takes as many. */
    public double operations() {
        return 2.0 * outputSide() * outputSide() * outputs * inputs * kernel * kernel;
    }

    /** The spread that weights start with, as He et al. 2015 give it. */
    public double initialDeviation() {
        return Math.sqrt(2.0 / ((double) inputs * kernel * kernel));
    }
}
