package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * What the layers share while a prediction plan is made: the feature maps so far, and who takes them still. A feature map is
 * there in floating point, in bytes, or in both, as it has been asked for.
 */
final class PredictionPlanner {
    private final Plan plan;
    private final int batch;
    private final PredictionWeights weights;
    private final Map<String, Integer> takersLeft = new HashMap<>();
    private final Map<String, Block> featureMaps = new HashMap<>();
    private final Map<String, ByteFeatureMap> inBytes = new HashMap<>();
    private final Map<String, ValueRange> ranges;

    PredictionPlanner(Plan plan, PredictablePart part, int batch, PredictionWeights weights) {
        this.plan = plan;
        this.batch = batch;
        this.weights = weights;
        this.ranges = new HashMap<>(weights.numbers().ranges());
        part.layers().forEach(layer -> layer.inputs().forEach(input -> takersLeft.merge(input, 1, Integer::sum)));
    }

    Plan plan() {
        return plan;
    }

    PredictionWeights weights() {
        return weights;
    }

    PredictionNumbers numbers() {
        return weights.numbers();
    }

    int batch() {
        return batch;
    }

    /** Tells of a feature map that there is from now on. */
    void add(String name, Block block) {
        featureMaps.put(name, block);
    }

    /** Tells of a feature map that there is in bytes from now on. */
    void add(String name, ByteFeatureMap featureMap) {
        inBytes.put(name, featureMap);
    }

    /** Tells of a feature map that no layer may write over, since it is needed beyond this run. */
    void addLasting(String name, Block block) {
        add(name, block);
        takersLeft.merge(name, 1, Integer::sum);
    }

    /** What a layer takes. */
    Block take(String name) {
        takersLeft.merge(name, -1, Integer::sum);
        return featureMaps.computeIfAbsent(name, ignored -> {
            ByteFeatureMap bytes = inBytes.get(name);
            return converted(
                    bytes.block(),
                    withType(bytes.block().layout(), numbers().inside().dataType()),
                    dnnl.DNNL_ARG_SRC,
                    bytes.scale());
        });
    }

    /** What a layer takes and writes over: a copy where others take it, too. */
    Block takeOver(String name, memory.desc order) {
        Block block = take(name);
        Block ordered = plan.inOrder(block, order);
        return ordered != block || takersLeft.get(name) == 0 ? ordered : copy(block);
    }

    /** Whether a feature map is in bytes already. */
    boolean isInBytes(String name) {
        return inBytes.containsKey(name);
    }

    /** Tells that a feature map holds some pixels of another: where that one's range is known, it is this one's too. */
    void addPartOf(String whole, String name) {
        if (ranges.containsKey(whole)) {
            ranges.put(name, ranges.get(whole));
        }
    }

    /** The scale that a feature map in bytes has, or would have; empty where its range is not known. */
    Optional<ByteScale> byteScale(String name) {
        return isInBytes(name)
                ? Optional.of(inBytes.get(name).scale())
                : Optional.ofNullable(ranges.get(name)).map(ByteScale::of);
    }

    /** What a layer takes in bytes. Its range is known. */
    ByteFeatureMap takeBytes(String name) {
        takersLeft.merge(name, -1, Integer::sum);
        return inBytes.computeIfAbsent(name, ignored -> {
            Block block = featureMaps.get(name);
            ByteScale scale = byteScale(name).orElseThrow();
            return new ByteFeatureMap(
                    converted(block, withType(block.layout(), scale.dataType()), dnnl.DNNL_ARG_DST, scale), scale);
        });
    }

    /** What a layer takes in bytes and writes over: a copy where others take it, too. */
    ByteFeatureMap takeOverBytes(String name) {
        ByteFeatureMap featureMap = takeBytes(name);
        return takersLeft.get(name) == 0
                ? featureMap
                : new ByteFeatureMap(copy(featureMap.block()), featureMap.scale());
    }

    private Block copy(Block block) {
        Block copy = plan.working(block.layout());
        plan.copy(block, copy);
        return copy;
    }

    /** @param argument which side of the conversion is in bytes */
    private Block converted(Block from, memory.desc wanted, int argument, ByteScale scale) {
        Block to = plan.working(wanted);
        primitive_attr attributes = plan.attributes();
        attributes.set_scales_mask(argument, 0);
        plan.copy(from, to, attributes, Map.of(dnnl.DNNL_ARG_ATTR_SCALES | argument, step(scale)));
        return to;
    }

    /** A scale's step where a primitive reads it. */
    Block step(ByteScale scale) {
        return plan.numbers(scale.step());
    }

    /** The same sizes in other numbers, (batch, height, width, channels) in memory. */
    private static memory.desc withType(memory.desc layout, memory.data_type type) {
        return new memory.desc(layout.get_dims(), type, memory.format_tag.acdb);
    }

    /** (batch, height, width, channels) in memory. */
    memory.desc channelsLast(Shape shapeOfOne) {
        return channelsLast(shapeOfOne, numbers().inside().dataType());
    }

    /** (batch, height, width, channels) in memory. */
    memory.desc channelsLast(Shape shapeOfOne, memory.data_type type) {
        return desc(shapeOfOne, type, memory.format_tag.acdb);
    }

    /** A batch of feature maps in the order that oneDNN likes best, of numbers as another block's. */
    memory.desc anyOrder(Shape shapeOfOne, Block like) {
        return desc(shapeOfOne, like.layout().get_data_type(), memory.format_tag.any);
    }

    private memory.desc desc(Shape one, memory.data_type type, memory.format_tag order) {
        return Layouts.featureMaps(batch, one, type, order);
    }
}
