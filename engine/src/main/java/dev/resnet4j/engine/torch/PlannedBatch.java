package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.EngineException;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.TrainableBody;
import dev.resnet4j.engine.onednn.TrainingMemory;
import dev.resnet4j.engine.onednn.TrainingPlan;
import dev.resnet4j.engine.onednn.WorkingMemory;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A body's plan for batches of one size and precision, with the tensors at its ends, until closed. */
final class PlannedBatch implements AutoCloseable {
    private final int size;
    private final Tensor entry;
    private final Tensor exit;
    private final Tensor exitGradient;
    private final TrainingPlan plan;

    /**
     * @param gradients of the body's weights, which the plan writes
     * @throws RuntimeException if oneDNN cannot do a layer
     */
    PlannedBatch(
            TrainableBody body,
            int size,
            Precision precision,
            WorkingMemory memory,
            NativeWeights weights,
            Map<WeightName, Tensor> gradients,
            BatchStatistics statistics) {
        this.size = size;
        try (PointerScope scope = new PointerScope()) {
            torch.ScalarType type = Tensors.type(precision);
            entry = featureMaps(body.entryShape(), type).retainReference();
            exit = featureMaps(body.exitShape(), type).retainReference();
            exitGradient = featureMaps(body.exitShape(), type).retainReference();
            Map<WeightName, Pointer> places = new LinkedHashMap<>();
            body.weights()
                    .forEach(name ->
                            places.put(name, weights.trainable().get(name).data_ptr()));
            Map<WeightName, Pointer> gradientPlaces = new LinkedHashMap<>();
            gradients.forEach((name, tensor) -> gradientPlaces.put(name, tensor.data_ptr()));
            plan = new TrainingPlan(
                    body,
                    size,
                    CompiledNetwork.numbers(precision),
                    memory,
                    new TrainingMemory(
                            places,
                            gradientPlaces,
                            statistics.meansOfLayers(),
                            statistics.variancesOfLayers(),
                            entry.data_ptr(),
                            exit.data_ptr(),
                            exitGradient.data_ptr()));
        } catch (RuntimeException failure) {
            closeTensors();
            throw failure;
        }
    }

    /** (batch, channels, height, width), the channels last in memory. */
    private Tensor featureMaps(Shape one, torch.ScalarType type) {
        return KerasOrder.undo(torch.zeros(Tensors.sizes(one.withBatch(size))).toType(type));
    }

    int size() {
        return size;
    }

    /** What the body makes of its entry: a view of the plan's own memory, until the next call. */
    Tensor forward(Tensor input) {
        // libtorch would stretch what has fewer channels.
        long[] taken = entry.sizes().vec().get();
        long[] given = input.sizes().vec().get();
        if (!Arrays.equals(taken, given)) {
            throw new IllegalArgumentException("the network's layers take a batch of feature maps of "
                    + Arrays.toString(taken) + ", got " + Arrays.toString(given));
        }
        entry.copy_(input);
        try {
            plan.forward();
        } catch (OutOfMemoryError tooMuch) {
            throw new EngineException(
                    "there is not enough memory for the " + plan.bytes() / 1_000_000 + " MB that batches of " + size
                            + " take between the layers: use smaller batches or smaller pictures",
                    tooMuch);
        }
        return exit.detach();
    }

    /** Works out the gradients of the body's weights. */
    void backward(Tensor gradientOfExit) {
        exitGradient.copy_(gradientOfExit);
        plan.backward();
    }

    private void closeTensors() {
        entry.close();
        exit.close();
        exitGradient.close();
    }

    @Override
    public void close() {
        plan.close();
        closeTensors();
    }
}
