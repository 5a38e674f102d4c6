package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Plans a convolution: the way forward, and the gradients of its input, its kernel and its bias. */
final class ConvolutionTraining {
    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Convolution layer;
    private final ConvolutionTrainingDescriptors descriptors;

    ConvolutionTraining(TrainingPlanner planner, PlannedLayer.Convolution layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.descriptors = planner.descriptors(
                layer,
                planner.anyOrder(layer.shape().input()),
                planner.anyOrder(layer.shape().output()));
    }

    private Block weight(WeightName name, memory.desc order) {
        return plan.fixed(order, planner.places().weights().get(name));
    }

    void plan() {
        FeatureMap input = planner.featureMap(layer.input());
        convolution_forward.primitive_desc chosen = descriptors.forward();
        Block packed = plan.inOrder(weight(layer.kernel(), layer.shape().kernelOrder()), chosen.weights_desc());
        Block output = plan.working(chosen.dst_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, plan.inOrder(input.numbers(), chosen.src_desc()));
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, packed);
        layer.bias().ifPresent(name -> arguments.put(dnnl.DNNL_ARG_BIAS, weight(name, layer.biasOrder())));
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new convolution_forward(chosen), chosen.scratchpad_desc(), arguments);
        FeatureMap made = planner.add(layer.output(), output, true);
        planner.onTheWayBack(() -> {
            Block gradient = planner.gradientOf(made).numbers();
            if (input.needsGradient()) {
                planInputGradient(input, gradient, packed, chosen);
            }
            new KernelGradient(planner, layer, descriptors).plan(input.numbers(), gradient, chosen);
        });
    }

    private void planInputGradient(
            FeatureMap input, Block gradient, Block packed, convolution_forward.primitive_desc forward) {
        convolution_backward_data.primitive_desc chosen = descriptors.inputGradient(forward);
        Block ofInput = plan.working(chosen.diff_src_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_DIFF_DST, plan.inOrder(gradient, chosen.diff_dst_desc()));
        // In bfloat16 the rounded kernel is kept from the way forward: there is half as much to read.
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, plan.inOrder(packed, chosen.weights_desc()));
        arguments.put(dnnl.DNNL_ARG_DIFF_SRC, ofInput);
        plan.add(new convolution_backward_data(chosen), chosen.scratchpad_desc(), arguments);
        input.addGradient(ofInput);
    }
}
