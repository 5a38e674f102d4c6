package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import org.bytedeco.javacpp.PointerScope;

/**
 * The way forward and back through a {@link TrainableBody} with batches of one size, made once and run in each step: all
 * primitives are ready, and all feature maps and their gradients share one piece of memory by when they are needed. Until
 * closed; for one thread at a time.
 */
public final class TrainingPlan implements AutoCloseable {
    private final Plan plan = new Plan();
    private final int stepsForward;
    private final WorkingMemory memory;

    /**
     * Makes the plan.
     *
     * @param batch how many pictures
     * @param numbers of the feature maps and of the kernels in use; weights and their gradients have 32 bits
     * @param memory for what lies between the steps
     * @param places of the weights, their gradients and the feature maps at both ends
     * @throws RuntimeException if oneDNN cannot do a layer, or there is not the memory
     */
    public TrainingPlan(
            TrainableBody body, int batch, NumberType numbers, WorkingMemory memory, TrainingMemory places) {
        this.memory = memory;
        try (PointerScope scope = new PointerScope()) {
            TrainingPlanner planner = new TrainingPlanner(plan, batch, numbers, places);
            Shape in = body.entryShape();
            planner.add(body.entry(), plan.fixed(planner.channelsLast(in), places.entry()), false);
            body.layers().forEach(layer -> plan(planner, layer));
            FeatureMap last = planner.featureMap(body.exit());
            plan.copy(last.numbers(), plan.fixed(planner.channelsLast(body.exitShape()), places.exit()));
            stepsForward = plan.size();
            last.addGradient(plan.inOrder(
                    plan.fixed(planner.channelsLast(body.exitShape()), places.exitGradient()),
                    last.numbers().layout()));
            planner.planWayBack();
            plan.arrange();
        } catch (RuntimeException failure) {
            plan.close();
            throw failure;
        }
    }

    private static void plan(TrainingPlanner planner, PlannedLayer layer) {
        if (layer instanceof PlannedLayer.Convolution convolution) {
            new ConvolutionTraining(planner, convolution).plan();
        } else if (layer instanceof PlannedLayer.Normalization normalization) {
            new NormalizationTraining(planner, normalization).plan();
        } else if (layer instanceof PlannedLayer.Padding padding) {
            new PaddingTraining(planner, padding).plan();
        } else if (layer instanceof PlannedLayer.Pooling pooling) {
            new PoolingTraining(planner, pooling).plan();
        } else if (layer instanceof PlannedLayer.Sum sum) {
            new SumTraining(planner).plan(sum);
        } else if (layer instanceof PlannedLayer.Relu relu) {
            new SumTraining(planner).plan(relu);
        }
    }

    /** How much memory lies between the steps. */
    public long bytes() {
        return plan.bytes();
    }

    /** From the feature map at the entry to the one at the exit, and the batch's statistics. */
    public void forward() {
        try (PointerScope scope = new PointerScope()) {
            plan.placeIn(memory);
            plan.run(0, stepsForward);
        }
    }

    /** From the gradient at the exit to those of all weights, after {@link #forward}. */
    public void backward() {
        try (PointerScope scope = new PointerScope()) {
            plan.run(stepsForward, plan.size());
        }
    }

    @Override
    public void close() {
        plan.close();
    }
}
