package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Plans what stands between convolutions. */
final class LayerPrediction {
    private static final long[] NO_DILATION = {0, 0};
    private static final int ADDED = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;

    private final PredictionPlanner planner;
    private final Plan plan;

    LayerPrediction(PredictionPlanner planner) {
        this.planner = planner;
        this.plan = planner.plan();
    }

    /** A product and a sum a channel. */
    void plan(PlannedLayer.Normalization layer) {
        Block input = planner.take(layer.input());
        ScaledChannels channels = planner.weights().normalization(layer);
        post_ops after = new post_ops();
        after.append_binary(dnnl.algorithm.binary_add, channels.layout());
        Block output = binary(
                dnnl.algorithm.binary_mul,
                input,
                plan.fixed(channels.factors()),
                attributes(after, layer.relu()),
                Map.of(ADDED, plan.fixed(channels.summands())));
        planner.add(layer.output(), output);
    }

    void plan(PlannedLayer.Sum layer) {
        Block first = planner.take(layer.first());
        Block second = plan.inOrder(planner.take(layer.second()), first.layout());
        Block output =
                binary(dnnl.algorithm.binary_add, first, second, attributes(new post_ops(), layer.relu()), Map.of());
        planner.add(layer.output(), output);
    }

    private primitive_attr attributes(post_ops after, boolean relu) {
        if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = plan.attributes();
        attributes.set_post_ops(after);
        return attributes;
    }

    private Block binary(
            dnnl.algorithm rule, Block first, Block second, primitive_attr attributes, Map<Integer, Block> more) {
        binary.primitive_desc chosen = new binary.primitive_desc(
                OneDnn.processor(), rule, first.layout(), second.layout(), first.layout(), attributes, false);
        Block output = plan.working(first.layout());
        Map<Integer, Block> arguments = new LinkedHashMap<>(more);
        arguments.put(dnnl.DNNL_ARG_SRC_0, first);
        arguments.put(dnnl.DNNL_ARG_SRC_1, second);
        arguments.put(dnnl.DNNL_ARG_DST, output);
        plan.add(new binary(chosen), chosen.scratchpad_desc(), arguments);
        return output;
    }

    void plan(PlannedLayer.Relu layer) {
        Block input = planner.take(layer.input());
        eltwise_forward.primitive_desc chosen = new eltwise_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.eltwise_relu,
                input.layout(),
                input.layout(),
                0,
                0,
                plan.attributes(),
                false);
        Block output = plan.working(chosen.dst_desc());
        plan.add(
                new eltwise_forward(chosen),
                chosen.scratchpad_desc(),
                Map.of(dnnl.DNNL_ARG_SRC, input, dnnl.DNNL_ARG_DST, output));
        planner.add(layer.output(), output);
    }

    /** A maximum of bytes is one of them, and so is a single pixel. */
    void plan(PlannedLayer.Pooling layer) {
        if (layer.isOfSinglePixels()) {
            planner.addPartOf(layer.input(), layer.output());
        }
        if ((layer.maximum() || layer.isOfSinglePixels()) && planner.isInBytes(layer.input())) {
            ByteFeatureMap input = planner.takeBytes(layer.input());
            Block output = pooled(
                    layer,
                    input.block(),
                    planner.channelsLast(layer.shape(), input.scale().dataType()));
            planner.add(layer.output(), new ByteFeatureMap(output, input.scale()));
        } else {
            Block input = planner.take(layer.input());
            planner.add(layer.output(), pooled(layer, input, planner.anyOrder(layer.shape(), input)));
        }
    }

    private Block pooled(PlannedLayer.Pooling layer, Block input, memory.desc order) {
        Window window = layer.window();
        PlannedLayer.Edges padding = layer.padding();
        pooling_forward.primitive_desc chosen = new pooling_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_inference,
                layer.maximum() ? dnnl.algorithm.pooling_max : dnnl.algorithm.pooling_avg_exclude_padding,
                input.layout(),
                order,
                new long[] {window.strides().height(), window.strides().width()},
                new long[] {window.size().height(), window.size().width()},
                NO_DILATION,
                new long[] {padding.top(), padding.left()},
                new long[] {padding.bottom(), padding.right()},
                plan.attributes(),
                false);
        Block output = plan.working(chosen.dst_desc());
        plan.add(
                new pooling_forward(chosen),
                chosen.scratchpad_desc(),
                Map.of(dnnl.DNNL_ARG_SRC, input, dnnl.DNNL_ARG_DST, output));
        return output;
    }

    /** The middle is copied in each run, the zeros around stay. */
    void plan(PlannedLayer.Padding layer) {
        Block output = plan.zeros(planner.channelsLast(layer.shape()));
        long[] begin = {0, 0, layer.zeros().top(), layer.zeros().left()};
        plan.copy(
                planner.take(layer.input()),
                plan.part(output, Layouts.sizes(planner.batch(), layer.inputShape()), begin));
        planner.addLasting(layer.output(), output);
    }
}
