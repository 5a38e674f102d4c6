package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Plans a convolution: the way forward, and the gradients of its input, its kernel and its bias. */
final class ConvolutionTraining {
    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Convolution layer;
    private final ConvolutionShape shape;
    private final memory.desc anyInput;
    private final memory.desc anyOutput;
    private final Block kernel;
    private final Optional<Block> bias;

    ConvolutionTraining(TrainingPlanner planner, PlannedLayer.Convolution layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.shape = layer.shape();
        this.anyInput = planner.anyOrder(shape.input());
        this.anyOutput = planner.anyOrder(shape.output());
        Map<WeightName, org.bytedeco.javacpp.Pointer> weights = planner.places().weights();
        this.kernel = plan.fixed(shape.kernelOrder(), weights.get(layer.kernel()));
        this.bias = layer.bias().map(name -> plan.fixed(biasDesc(), weights.get(name)));
    }

    /** Empty, as oneDNN has it, where there is no bias. */
    private memory.desc biasDesc() {
        return layer.bias().isPresent() ? Layouts.channels(shape.output().channels()) : new memory.desc();
    }

    private memory.desc anyKernel(memory.data_type numbers) {
        return new memory.desc(shape.kernelSizes(), numbers, memory.format_tag.any);
    }

    private memory.desc anyKernel() {
        return anyKernel(planner.numbers().dataType());
    }

    void plan() {
        FeatureMap input = planner.featureMap(layer.input());
        convolution_forward.primitive_desc chosen = forward();
        Block source = plan.inOrder(input.numbers(), chosen.src_desc());
        Block packed = plan.inOrder(kernel, chosen.weights_desc());
        Block output = plan.working(chosen.dst_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, source);
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, packed);
        bias.ifPresent(block -> arguments.put(dnnl.DNNL_ARG_BIAS, block));
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new convolution_forward(chosen), chosen.scratchpad_desc(), arguments);
        FeatureMap made = planner.add(layer.output(), output, true);
        planner.onTheWayBack(() -> {
            Block gradient = planner.gradientOf(made).numbers();
            if (input.needsGradient()) {
                planInputGradient(input, gradient, packed, chosen);
            }
            planWeightGradients(input, gradient, chosen);
        });
    }

    private convolution_forward.primitive_desc forward() {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                anyInput,
                anyKernel(),
                biasDesc(),
                anyOutput,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                plan.attributes(),
                false);
    }

    private void planInputGradient(
            FeatureMap input, Block gradient, Block packed, convolution_forward.primitive_desc forward) {
        convolution_backward_data.primitive_desc chosen = new convolution_backward_data.primitive_desc(
                OneDnn.processor(),
                dnnl.algorithm.convolution_direct,
                anyInput,
                anyKernel(),
                anyOutput,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                forward,
                plan.attributes(),
                false);
        Block ofOutput = plan.inOrder(gradient, chosen.diff_dst_desc());
        // In bfloat16 the rounded kernel is kept from the way forward: there is half as much to read.
        Block packedBack = plan.inOrder(packed, chosen.weights_desc());
        Block ofInput = plan.working(chosen.diff_src_desc());
        plan.add(
                new convolution_backward_data(chosen),
                chosen.scratchpad_desc(),
                Map.of(
                        dnnl.DNNL_ARG_DIFF_DST,
                        ofOutput,
                        dnnl.DNNL_ARG_WEIGHTS,
                        packedBack,
                        dnnl.DNNL_ARG_DIFF_SRC,
                        ofInput));
        input.addGradient(ofInput);
    }

    private void planWeightGradients(FeatureMap input, Block gradient, convolution_forward.primitive_desc forward) {
        convolution_backward_weights.primitive_desc chosen = backwardWeights(forward);
        Map<WeightName, org.bytedeco.javacpp.Pointer> gradients =
                planner.places().gradients();
        Block wanted = plan.fixed(shape.kernelOrder(), gradients.get(layer.kernel()));
        boolean inPlace = chosen.diff_weights_desc().equals(wanted.layout());
        Block ofKernel = inPlace ? wanted : plan.working(chosen.diff_weights_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, plan.inOrder(input.numbers(), chosen.src_desc()));
        arguments.put(dnnl.DNNL_ARG_DIFF_DST, plan.inOrder(gradient, chosen.diff_dst_desc()));
        arguments.put(dnnl.DNNL_ARG_DIFF_WEIGHTS, ofKernel);
        layer.bias()
                .ifPresent(name -> arguments.put(dnnl.DNNL_ARG_DIFF_BIAS, plan.fixed(biasDesc(), gradients.get(name))));
        plan.add(new convolution_backward_weights(chosen), chosen.scratchpad_desc(), arguments);
        if (!inPlace) {
            plan.copy(ofKernel, wanted);
        }
    }

    private convolution_backward_weights.primitive_desc backwardWeights(convolution_forward.primitive_desc forward) {
        return new convolution_backward_weights.primitive_desc(
                OneDnn.processor(),
                dnnl.algorithm.convolution_direct,
                anyInput,
                anyKernel(memory.data_type.f32),
                biasDesc(),
                anyOutput,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                forward,
                plan.attributes(),
                false);
    }
}
