package dev.resnet4j.engine.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;

/** Plans a convolution in one pass over memory with its bias, the sum with a residual and a ReLU. */
final class ConvolutionPrediction {
    private final PredictionPlanner planner;
    private final Plan plan;
    private final PlannedLayer.FusedConvolution layer;

    ConvolutionPrediction(PredictionPlanner planner, PlannedLayer.FusedConvolution layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
    }

    void plan() {
        convolution_forward.primitive_desc chosen = new ConvolutionDescriptor(
                        layer.shape(), planner.numbers().inside(), layer.layers())
                .primitive(planner.batch());
        // The sum is taken in the residual's place. That comes first: where it is the input, too, it is copied.
        Block output = layer.residual()
                .map(residual -> planner.takeOver(residual, chosen.dst_desc()))
                .orElseGet(() -> plan.working(chosen.dst_desc()));
        ConvolutionWeights weights = planner.weights().floats(layer, chosen.weights_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, plan.inOrder(planner.take(layer.input()), chosen.src_desc()));
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, plan.fixed(weights.kernel(chosen.weights_desc())));
        arguments.put(dnnl.DNNL_ARG_BIAS, plan.fixed(weights.bias()));
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new convolution_forward(chosen), chosen.scratchpad_desc(), arguments);
        planner.add(layer.output(), output);
    }
}
