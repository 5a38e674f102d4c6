package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.FusedConvolution;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution and the layers around it, run as one by oneDNN over libtorch's memory, until closed.
 *
 * @param layers what is run
 * @param convolution with what the layers make of their weights
 */
record ConvolutionOperation(FusedLayers layers, FusedConvolution convolution) implements Operation, AutoCloseable {
    @Override
    public List<String> inputs() {
        return Stream.concat(Stream.of(layers.input()), layers.residual().stream())
                .toList();
    }

    @Override
    public String output() {
        return layers.last().name();
    }

    @Override
    public Tensor run(List<Tensor> tensors, boolean withoutSoftmax) {
        Tensor input = channelsLast(tensors.get(0));
        requireSize(input);
        Optional<Pointer> residual = tensors.stream()
                .skip(1)
                .findFirst()
                .map(tensor -> channelsLast(tensor).data_ptr());
        int batch = Math.toIntExact(input.size(0));
        long[] sizes = Tensors.sizes(layers.last().outputShape().withBatch(batch));
        Tensor output = torch.empty(sizes, input.options(), new MemoryFormatOptional());
        convolution.run(batch, input.data_ptr(), residual, output.data_ptr());
        return KerasOrder.undo(output);
    }

    /** oneDNN reads as much memory as it was told of. */
    private void requireSize(Tensor input) {
        Shape expected = convolution.inputShape();
        if (input.numel() != input.size(0) * expected.elements()) {
            throw new IllegalArgumentException("layer '" + layers.convolution().name() + "' takes " + expected
                    + " numbers a picture, got a batch of " + input.size(0) + " with " + input.numel());
        }
    }

    private static Tensor channelsLast(Tensor featureMap) {
        return featureMap.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    @Override
    public void close() {
        convolution.close();
    }
}
