package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.FeatureMap.Gradient;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Plans the sum of two feature maps with the ReLU behind it, and a ReLU by itself. */
final class SumTraining {
    private final TrainingPlanner planner;
    private final Plan plan;

    SumTraining(TrainingPlanner planner) {
        this.planner = planner;
        this.plan = planner.plan();
    }

    void plan(PlannedLayer.Sum layer) {
        FeatureMap first = planner.featureMap(layer.first());
        FeatureMap second = planner.featureMap(layer.second());
        memory.desc order = first.numbers().layout();
        primitive_attr attributes = plan.attributes();
        if (layer.relu()) {
            post_ops after = new post_ops();
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
            attributes.set_post_ops(after);
        }
        binary.primitive_desc chosen = new binary.primitive_desc(
                OneDnn.processor(), dnnl.algorithm.binary_add, order, order, order, attributes, false);
        Block output = layer.overwritesFirst() ? first.numbers() : plan.working(order);
        plan.add(
                new binary(chosen),
                chosen.scratchpad_desc(),
                Map.of(
                        dnnl.DNNL_ARG_SRC_0,
                        first.numbers(),
                        dnnl.DNNL_ARG_SRC_1,
                        plan.inOrder(second.numbers(), order),
                        dnnl.DNNL_ARG_DST,
                        output));
        FeatureMap made = planner.add(layer.output(), output, first.needsGradient() || second.needsGradient());
        planner.onTheWayBack(() -> {
            Gradient gradient = planner.gradientOf(made);
            Gradient ofSum = layer.relu() ? gradientBeforeRelu(made, gradient) : gradient;
            boolean shared = ofSum.shared() || (first.needsGradient() && second.needsGradient());
            Stream.of(first, second)
                    .filter(FeatureMap::needsGradient)
                    .forEach(summand -> summand.addGradient(new Gradient(ofSum.numbers(), shared)));
        });
    }

    void plan(PlannedLayer.Relu layer) {
        FeatureMap input = planner.featureMap(layer.input());
        eltwise_forward.primitive_desc chosen = relu(input.numbers().layout());
        Block output = plan.working(chosen.dst_desc());
        plan.add(
                new eltwise_forward(chosen),
                chosen.scratchpad_desc(),
                Map.of(dnnl.DNNL_ARG_SRC, input.numbers(), dnnl.DNNL_ARG_DST, output));
        FeatureMap made = planner.add(layer.output(), output, input.needsGradient());
        if (input.needsGradient()) {
            planner.onTheWayBack(() -> input.addGradient(gradientBeforeRelu(made, planner.gradientOf(made))));
        }
    }

    /** The way back goes by the output, so that the input's memory is free for others. */
    private eltwise_forward.primitive_desc relu(memory.desc order) {
        return new eltwise_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.eltwise_relu_use_dst_for_bwd,
                order,
                order,
                0,
                0,
                plan.attributes(),
                false);
    }

    private Gradient gradientBeforeRelu(FeatureMap made, Gradient gradient) {
        memory.desc order = made.numbers().layout();
        eltwise_backward.primitive_desc chosen = new eltwise_backward.primitive_desc(
                OneDnn.processor(),
                dnnl.algorithm.eltwise_relu_use_dst_for_bwd,
                order,
                order,
                order,
                0,
                0,
                relu(order),
                plan.attributes(),
                false);
        Gradient behind = planner.inOrder(gradient, order);
        Block before = planner.placeOver(behind);
        plan.add(
                new eltwise_backward(chosen),
                chosen.scratchpad_desc(),
                Map.of(
                        dnnl.DNNL_ARG_DST,
                        made.numbers(),
                        dnnl.DNNL_ARG_DIFF_DST,
                        behind.numbers(),
                        dnnl.DNNL_ARG_DIFF_SRC,
                        before));
        return new Gradient(before, false);
    }
}
