package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The way through a {@link PredictablePart} with batches of one size, made once and run with each batch: all primitives are
 * ready, and all feature maps share one piece of memory by when they are needed. Until closed; for one thread at a time.
 *
 * <p>Feature maps at both ends are (batch, height, width, channels) in memory.
 */
public final class PredictionPlan implements AutoCloseable {
    private final Plan plan = new Plan();
    private final WorkingMemory workingMemory;
    private final Map<String, Block> entries = new LinkedHashMap<>();
    private final Block exit;
    private int convolutionsInBytes;

    /**
     * Makes the plan.
     *
     * @param batch how many pictures
     * @param weights of the part, which outlive the plan
     * @param workingMemory for what lies between the steps
     * @throws RuntimeException if there is not the memory
     */
    public PredictionPlan(PredictablePart part, int batch, PredictionWeights weights, WorkingMemory workingMemory) {
        this.workingMemory = workingMemory;
        try (PointerScope scope = new PointerScope()) {
            PredictionPlanner planner = new PredictionPlanner(plan, part, batch, weights);
            part.entryShapes().forEach((name, shape) -> {
                Block entry = elsewhere(planner, shape);
                entries.put(name, entry);
                planner.addLasting(name, entry);
            });
            part.layers().forEach(layer -> plan(planner, layer));
            exit = elsewhere(planner, part.exitShape());
            plan.copy(planner.take(part.exit()), exit);
            plan.arrange();
        } catch (RuntimeException failure) {
            plan.close();
            throw failure;
        }
    }

    /** Feature maps that lie in another place in each run. */
    private Block elsewhere(PredictionPlanner planner, Shape shape) {
        memory.desc layout =
                planner.channelsLast(shape, planner.numbers().ends().dataType());
        return plan.fixed(layout, null);
    }

    private void plan(PredictionPlanner planner, PlannedLayer layer) {
        LayerPrediction others = new LayerPrediction(planner);
        if (layer instanceof PlannedLayer.FusedConvolution convolution) {
            plan(planner, convolution);
        } else if (layer instanceof PlannedLayer.Normalization normalization) {
            others.plan(normalization);
        } else if (layer instanceof PlannedLayer.Padding padding) {
            others.plan(padding);
        } else if (layer instanceof PlannedLayer.Pooling pooling) {
            others.plan(pooling);
        } else if (layer instanceof PlannedLayer.Sum sum) {
            others.plan(sum);
        } else if (layer instanceof PlannedLayer.Relu relu) {
            others.plan(relu);
        }
    }

    private void plan(PredictionPlanner planner, PlannedLayer.FusedConvolution convolution) {
        planner.addPartOf(convolution.layers().last().name(), convolution.output());
        Optional<ByteConvolutionPrediction> inBytes = ByteConvolutionPrediction.of(planner, convolution);
        if (inBytes.isPresent()) {
            inBytes.get().plan();
            convolutionsInBytes++;
        } else {
            new ConvolutionPrediction(planner, convolution).plan();
        }
    }

    /** How many of the part's convolutions are worked out in bytes. */
    public int convolutionsInBytes() {
        return convolutionsInBytes;
    }

    /**
     * Runs a batch.
     *
     * @param inputs where the feature map of each entry is, by its name
     * @param output where that of the exit is to be, apart from the others
     */
    public void run(Map<String, Pointer> inputs, Pointer output) {
        try (PointerScope scope = new PointerScope()) {
            plan.placeIn(workingMemory);
            inputs.forEach((name, numbers) -> entries.get(name).moveTo(numbers));
            exit.moveTo(output);
            plan.run(0, plan.size());
        }
    }

    @Override
    public void close() {
        plan.close();
    }
}
