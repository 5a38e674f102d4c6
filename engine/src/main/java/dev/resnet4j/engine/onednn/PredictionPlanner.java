package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/** What the layers share while a prediction plan is made: the feature maps so far, and who takes them still. */
final class PredictionPlanner {
    static final memory.format_tag ORDER = Boolean.getBoolean("nhwc") ? memory.format_tag.acdb : memory.format_tag.any;

    private final Plan plan;
    private final int batch;
    private final PredictionWeights weights;
    private final Map<String, Integer> takersLeft = new HashMap<>();
    private final Map<String, Block> featureMaps = new HashMap<>();

    PredictionPlanner(Plan plan, PredictablePart part, int batch, PredictionWeights weights) {
        this.plan = plan;
        this.batch = batch;
        this.weights = weights;
        part.layers().forEach(layer -> layer.inputs().forEach(input -> takersLeft.merge(input, 1, Integer::sum)));
    }

    Plan plan() {
        return plan;
    }

    PredictionWeights weights() {
        return weights;
    }

    int batch() {
        return batch;
    }

    /** Tells of a feature map that there is from now on. */
    void add(String name, Block block) {
        featureMaps.put(name, block);
    }

    /** Tells of a feature map that no layer may write over, since it is needed beyond this run. */
    void addLasting(String name, Block block) {
        add(name, block);
        takersLeft.merge(name, 1, Integer::sum);
    }

    /** What a layer takes. */
    Block take(String name) {
        takersLeft.merge(name, -1, Integer::sum);
        return featureMaps.get(name);
    }

    /** What a layer takes and writes over: a copy where others take it, too. */
    Block takeOver(String name, memory.desc order) {
        Block block = take(name);
        Block ordered = plan.inOrder(block, order);
        if (ordered != block || takersLeft.get(name) == 0) {
            return ordered;
        }
        Block copy = plan.working(order);
        plan.copy(block, copy);
        return copy;
    }

    /** A batch of feature maps in the order that oneDNN likes best. */
    memory.desc anyOrder(Shape shapeOfOne) {
        return desc(shapeOfOne, ORDER);
    }

    /** (batch, height, width, channels) in memory. */
    memory.desc channelsLast(Shape shapeOfOne) {
        return desc(shapeOfOne, memory.format_tag.acdb);
    }

    private memory.desc desc(Shape one, memory.format_tag order) {
        return new memory.desc(
                TrainingPlanner.sizes(batch, one), weights.numbers().dataType(), order);
    }
}
