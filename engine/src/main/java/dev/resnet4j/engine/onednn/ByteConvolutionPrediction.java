package dev.resnet4j.engine.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;

/** Plans a convolution in bytes in one pass over memory with its bias, the sum with a residual and a ReLU. */
final class ByteConvolutionPrediction {
    /** A kernel over the few channels of a picture leaves most of a vector of bytes empty. */
    private static final int FEWEST_CHANNELS = 8;

    private final PredictionPlanner planner;
    private final Plan plan;
    private final PlannedLayer.FusedConvolution layer;
    private final ByteConvolutionDescriptor descriptor;

    private ByteConvolutionPrediction(
            PredictionPlanner planner, PlannedLayer.FusedConvolution layer, ByteConvolutionDescriptor descriptor) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.descriptor = descriptor;
    }

    /** Empty where a range is not known, or oneDNN is not fast with it. */
    static Optional<ByteConvolutionPrediction> of(PredictionPlanner planner, PlannedLayer.FusedConvolution layer) {
        boolean known = layer.inputs().stream()
                .allMatch(input -> planner.byteScale(input).isPresent());
        Optional<ByteScale> output = planner.byteScale(layer.output());
        if (!known || output.isEmpty() || layer.shape().input().channels() < FEWEST_CHANNELS) {
            return Optional.empty();
        }
        ByteConvolutionDescriptor descriptor = new ByteConvolutionDescriptor(
                layer.shape(),
                planner.byteScale(layer.input()).orElseThrow(),
                layer.residual().flatMap(planner::byteScale),
                output.get(),
                layer.layers().endsWithRelu());
        return descriptor.hasFastKernel()
                ? Optional.of(new ByteConvolutionPrediction(planner, layer, descriptor))
                : Optional.empty();
    }

    void plan() {
        convolution_forward.primitive_desc chosen = descriptor.primitive(planner.batch());
        // The sum is taken in the residual's place. That comes first: where it is the input, too, it is copied.
        Block output = layer.residual()
                .map(residual -> plan.within(planner.takeOverBytes(residual).block(), chosen.dst_desc()))
                .orElseGet(() -> plan.working(chosen.dst_desc()));
        ByteFeatureMap input = planner.takeBytes(layer.input());
        ConvolutionWeights weights = planner.weights().bytes(layer);
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, input.block());
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, plan.fixed(weights.kernel(chosen.weights_desc())));
        arguments.put(dnnl.DNNL_ARG_BIAS, plan.fixed(weights.bias()));
        arguments.put(dnnl.DNNL_ARG_DST, output);
        arguments.put(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_SRC, planner.step(descriptor.input()));
        arguments.put(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS, plan.fixed(weights.steps()));
        arguments.put(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_DST, planner.step(descriptor.output()));
        plan.add(new convolution_forward(chosen), chosen.scratchpad_desc(), arguments);
        planner.add(layer.output(), new ByteFeatureMap(output, descriptor.output()));
    }
}
