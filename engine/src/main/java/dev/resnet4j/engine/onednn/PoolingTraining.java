package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Plans pooling. */
final class PoolingTraining {
    private static final long[] NO_DILATION = {0, 0};

    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Pooling layer;
    private final dnnl.algorithm rule;
    private final long[] size;
    private final long[] strides;
    private final long[] before;
    private final long[] after;

    PoolingTraining(TrainingPlanner planner, PlannedLayer.Pooling layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.rule = layer.maximum() ? dnnl.algorithm.pooling_max : dnnl.algorithm.pooling_avg_exclude_padding;
        Window window = layer.window();
        this.size = new long[] {window.size().height(), window.size().width()};
        this.strides = new long[] {window.strides().height(), window.strides().width()};
        this.before = new long[] {layer.padding().top(), layer.padding().left()};
        this.after = new long[] {layer.padding().bottom(), layer.padding().right()};
    }

    void plan() {
        FeatureMap input = planner.featureMap(layer.input());
        pooling_forward.primitive_desc chosen = new pooling_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_training,
                rule,
                input.numbers().layout(),
                planner.anyOrder(layer.shape()),
                strides,
                size,
                NO_DILATION,
                before,
                after,
                plan.attributes(),
                false);
        Block output = plan.working(chosen.dst_desc());
        Map<Integer, Block> winners = new LinkedHashMap<>();
        if (layer.maximum()) {
            winners.put(dnnl.DNNL_ARG_WORKSPACE, plan.working(chosen.workspace_desc()));
        }
        Map<Integer, Block> arguments = new LinkedHashMap<>(winners);
        arguments.put(dnnl.DNNL_ARG_SRC, input.numbers());
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new pooling_forward(chosen), chosen.scratchpad_desc(), arguments);
        FeatureMap made = planner.add(layer.output(), output, input.needsGradient());
        if (input.needsGradient()) {
            planner.onTheWayBack(() -> planWayBack(input, made, chosen, winners));
        }
    }

    private void planWayBack(
            FeatureMap input, FeatureMap made, pooling_forward.primitive_desc forward, Map<Integer, Block> winners) {
        pooling_backward.primitive_desc chosen = new pooling_backward.primitive_desc(
                OneDnn.processor(),
                rule,
                input.numbers().layout(),
                made.numbers().layout(),
                strides,
                size,
                NO_DILATION,
                before,
                after,
                forward,
                plan.attributes(),
                false);
        Block ofInput = plan.working(chosen.diff_src_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>(winners);
        arguments.put(
                dnnl.DNNL_ARG_DIFF_DST,
                planner.inOrder(planner.gradientOf(made), made.numbers().layout())
                        .numbers());
        arguments.put(dnnl.DNNL_ARG_DIFF_SRC, ofInput);
        plan.add(new pooling_backward(chosen), chosen.scratchpad_desc(), arguments);
        input.addGradient(ofInput);
    }
}
