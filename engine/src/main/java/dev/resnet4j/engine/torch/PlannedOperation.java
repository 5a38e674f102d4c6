package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.EngineException;
import dev.resnet4j.engine.onednn.PredictablePart;
import dev.resnet4j.engine.onednn.PredictionNumbers;
import dev.resnet4j.engine.onednn.PredictionPlan;
import dev.resnet4j.engine.onednn.PredictionWeights;
import dev.resnet4j.engine.onednn.WorkingMemory;
import dev.resnet4j.model.tensor.Shape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A part of a network, run over libtorch's memory by plans, one for each size of batch; until closed. */
final class PlannedOperation implements Operation, AutoCloseable {
    /** A data set's last batch may be smaller. */
    private static final int MOST_PLANS = 4;

    private final PredictablePart part;
    private final PredictionWeights weights;
    private final WorkingMemory memory;
    /** By the size of batch, the oldest first. */
    private final Map<Integer, PredictionPlan> plans = new LinkedHashMap<>();

    /** @param memory that is shared with what runs before and after */
    PlannedOperation(PredictablePart part, PredictionNumbers numbers, NativeWeights weights, WorkingMemory memory) {
        this.part = part;
        this.weights = new PredictionWeights(numbers, weights::download);
        this.memory = memory;
    }

    PredictablePart part() {
        return part;
    }

    /** Makes itself ready for batches of a size. */
    PredictionPlan plan(int batch) {
        PredictionPlan known = plans.get(batch);
        if (known != null) {
            return known;
        }
        if (plans.size() == MOST_PLANS) {
            Iterator<PredictionPlan> oldest = plans.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        PredictionPlan made = new PredictionPlan(part, batch, weights, memory);
        plans.put(batch, made);
        return made;
    }

    /** The largest magnitude of its weights, with the normalisation, once there is a plan. */
    float largestWeight() {
        return weights.largest();
    }

    @Override
    public List<String> inputs() {
        return part.entries();
    }

    @Override
    public String output() {
        return part.exit();
    }

    @Override
    public Tensor run(List<Tensor> tensors, boolean withoutSoftmax) {
        Map<String, Pointer> inputs = new LinkedHashMap<>();
        for (int index = 0; index < tensors.size(); index++) {
            String entry = inputs().get(index);
            inputs.put(entry, channelsLast(entry, tensors.get(index)));
        }
        Tensor first = tensors.get(0);
        int batch = Math.toIntExact(first.size(0));
        long[] sizes = Tensors.sizes(part.exitShape().withBatch(batch));
        Tensor output = torch.empty(sizes, first.options(), new MemoryFormatOptional());
        try {
            plan(batch).run(inputs, output.data_ptr());
        } catch (OutOfMemoryError tooMuch) {
            throw new EngineException(
                    "there is not enough memory for what batches of " + batch
                            + " take between the layers: use smaller batches or smaller pictures",
                    tooMuch);
        }
        return KerasOrder.undo(output);
    }

    private Pointer channelsLast(String entry, Tensor featureMap) {
        requireSize(entry, featureMap);
        return featureMap.contiguous(torch.MemoryFormat.ChannelsLast).data_ptr();
    }

    /** oneDNN reads as much memory as it was told of. */
    private void requireSize(String entry, Tensor input) {
        Shape expected = part.entryShapes().get(entry);
        if (input.numel() != input.size(0) * expected.elements()) {
            throw new IllegalArgumentException("what takes the output of layer '" + entry + "' takes " + expected
                    + " numbers a picture, got a batch of " + input.size(0) + " with " + input.numel());
        }
    }

    @Override
    public void close() {
        plans.values().forEach(PredictionPlan::close);
        plans.clear();
        weights.close();
    }
}
