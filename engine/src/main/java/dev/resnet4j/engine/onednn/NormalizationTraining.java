package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.FeatureMap.Gradient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Plans batch normalisation by the batch's statistics, with the ReLU behind it in the same pass over memory. */
final class NormalizationTraining {
    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Normalization layer;
    private final FeatureMap input;
    private final memory.desc featureMap;
    private final memory.desc channels;
    private final int flags;
    private final Block mean;
    private final Block variance;

    NormalizationTraining(TrainingPlanner planner, PlannedLayer.Normalization layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.input = planner.featureMap(layer.input());
        this.featureMap = input.numbers().layout();
        this.channels = Layouts.channels(Math.toIntExact(featureMap.get_dims().get(1)));
        this.flags = flags();
        this.mean =
                plan.fixed(channels, planner.places().means().get(layer.layer().name()));
        this.variance = plan.fixed(
                channels, planner.places().variances().get(layer.layer().name()));
    }

    private int flags() {
        int scale = layer.layer().scale() ? dnnl.normalization_flags.use_scale.value : 0;
        int shift = layer.layer().center() ? dnnl.normalization_flags.use_shift.value : 0;
        int relu = layer.relu() ? dnnl.normalization_flags.fuse_norm_relu.value : 0;
        return scale | shift | relu;
    }

    private float epsilon() {
        return (float) layer.layer().epsilon();
    }

    void plan() {
        batch_normalization_forward.primitive_desc chosen = new batch_normalization_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_training.value,
                featureMap,
                featureMap,
                epsilon(),
                flags,
                plan.attributes(),
                false);
        Block output = plan.working(chosen.dst_desc());
        Map<Integer, Block> shared = new LinkedHashMap<>();
        if (layer.layer().scale()) {
            shared.put(dnnl.DNNL_ARG_SCALE, weight("gamma"));
        }
        shared.put(dnnl.DNNL_ARG_MEAN, mean);
        shared.put(dnnl.DNNL_ARG_VARIANCE, variance);
        if (layer.relu()) {
            // Which of the numbers were above 0.
            shared.put(dnnl.DNNL_ARG_WORKSPACE, plan.working(chosen.workspace_desc()));
        }
        shared.put(dnnl.DNNL_ARG_SRC, input.numbers());
        Map<Integer, Block> arguments = new LinkedHashMap<>(shared);
        if (layer.layer().center()) {
            arguments.put(dnnl.DNNL_ARG_SHIFT, weight("beta"));
        }
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new batch_normalization_forward(chosen), chosen.scratchpad_desc(), arguments);
        FeatureMap made = planner.add(layer.output(), output, true);
        planner.onTheWayBack(() -> planWayBack(made, chosen, shared));
    }

    private void planWayBack(
            FeatureMap made, batch_normalization_forward.primitive_desc forward, Map<Integer, Block> shared) {
        batch_normalization_backward.primitive_desc chosen = new batch_normalization_backward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.backward.value,
                featureMap,
                featureMap,
                featureMap,
                epsilon(),
                flags,
                forward,
                plan.attributes(),
                false);
        Gradient ofOutput = planner.inOrder(planner.gradientOf(made), featureMap);
        Block ofInput = planner.placeOver(ofOutput);
        Map<Integer, Block> arguments = new LinkedHashMap<>(shared);
        arguments.put(dnnl.DNNL_ARG_DIFF_DST, ofOutput.numbers());
        arguments.put(dnnl.DNNL_ARG_DIFF_SRC, ofInput);
        if (layer.layer().scale()) {
            arguments.put(dnnl.DNNL_ARG_DIFF_SCALE, gradient("gamma"));
        }
        if (layer.layer().center()) {
            arguments.put(dnnl.DNNL_ARG_DIFF_SHIFT, gradient("beta"));
        }
        plan.add(new batch_normalization_backward(chosen), chosen.scratchpad_desc(), arguments);
        if (input.needsGradient()) {
            input.addGradient(ofInput);
        }
    }

    private Block weight(String name) {
        return plan.fixed(channels, planner.places().weights().get(layer.weight(name)));
    }

    private Block gradient(String name) {
        return plan.fixed(channels, planner.places().gradients().get(layer.weight(name)));
    }
}
