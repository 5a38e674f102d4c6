package dev.resnet4j.engine.onednn;

import dev.resnet4j.engine.onednn.FeatureMap.Gradient;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** What the layers share while a training plan is made: the feature maps so far, and what is to be done on the way back. */
final class TrainingPlanner {
    private final Plan plan;
    private final int batch;
    private final NumberType numbers;
    private final TrainingMemory places;
    private final Map<String, FeatureMap> featureMaps = new HashMap<>();
    private final Deque<Runnable> waysBack = new ArrayDeque<>();

    TrainingPlanner(Plan plan, int batch, NumberType numbers, TrainingMemory places) {
        this.plan = plan;
        this.batch = batch;
        this.numbers = numbers;
        this.places = places;
    }

    Plan plan() {
        return plan;
    }

    TrainingMemory places() {
        return places;
    }

    FeatureMap featureMap(String name) {
        return featureMaps.get(name);
    }

    /** Tells of a feature map that there is from now on. */
    FeatureMap add(String name, Block block, boolean needsGradient) {
        FeatureMap featureMap = new FeatureMap(block, needsGradient);
        featureMaps.put(name, featureMap);
        return featureMap;
    }

    /** What is to be planned on the way back, once all layers behind this one have planned theirs. */
    void onTheWayBack(Runnable planned) {
        waysBack.push(planned);
    }

    void planWayBack() {
        waysBack.forEach(Runnable::run);
    }

    /** The gradient of a feature map: the sum of what all that take it have sent back. */
    Gradient gradientOf(FeatureMap featureMap) {
        return featureMap.gradients().stream().reduce(this::sum).orElseThrow();
    }

    private Gradient sum(Gradient first, Gradient second) {
        if (first.shared() && !second.shared()) {
            return sum(second, first);
        }
        memory.desc order = first.numbers().layout();
        Block other = plan.inOrder(second.numbers(), order);
        binary.primitive_desc chosen = new binary.primitive_desc(
                OneDnn.processor(), dnnl.algorithm.binary_add, order, order, order, plan.attributes(), false);
        Block sum = placeOver(first);
        plan.add(
                new binary(chosen),
                chosen.scratchpad_desc(),
                Map.of(dnnl.DNNL_ARG_SRC_0, first.numbers(), dnnl.DNNL_ARG_SRC_1, other, dnnl.DNNL_ARG_DST, sum));
        return new Gradient(sum, false);
    }

    /** Where a result goes that is as large as a gradient and made of it: over it, where nobody else needs it. */
    Block placeOver(Gradient gradient) {
        return gradient.shared() ? plan.working(gradient.numbers().layout()) : gradient.numbers();
    }

    /** A gradient in another order. */
    Gradient inOrder(Gradient gradient, memory.desc order) {
        Block moved = plan.inOrder(gradient.numbers(), order);
        return moved == gradient.numbers() ? gradient : new Gradient(moved, false);
    }

    /** A batch of feature maps in the order that oneDNN likes best. */
    memory.desc anyOrder(Shape shapeOfOne) {
        return desc(shapeOfOne, memory.format_tag.any);
    }

    /** (batch, height, width, channels) in memory. */
    memory.desc channelsLast(Shape shapeOfOne) {
        return desc(shapeOfOne, memory.format_tag.acdb);
    }

    private memory.desc desc(Shape one, memory.format_tag order) {
        return Layouts.featureMaps(batch, one, numbers.dataType(), order);
    }

    /**
     * How a convolution is to be trained.
     *
     * @param input the feature maps' sizes, numbers and order
     * @param output as the input
     */
    ConvolutionTrainingDescriptors descriptors(PlannedLayer.Convolution layer, memory.desc input, memory.desc output) {
        return new ConvolutionTrainingDescriptors(
                layer.shape(), numbers, input, output, layer.biasOrder(), plan.attributes());
    }

    int batch() {
        return batch;
    }

    NumberType numbers() {
        return numbers;
    }
}
