package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.ValueRange;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Finds out between which numbers each feature map of a network lies. */
final class Calibration {
    private final Map<String, ValueRange> ranges = new HashMap<>();

    /** Takes in a batch of feature maps. */
    void observe(String name, Tensor featureMaps) {
        if (featureMaps.dim() == 4) {
            ValueRange range = new ValueRange(
                    featureMaps.min().item_float(), featureMaps.max().item_float());
            ranges.merge(name, range, ValueRange::and);
        }
    }

    /** By the names of the nodes whose outputs they are. */
    Map<String, ValueRange> ranges() {
        return ranges;
    }

    /** Whether all numbers were. */
    boolean isFinite() {
        return ranges.values().stream()
                .allMatch(range -> Float.isFinite(range.smallest()) && Float.isFinite(range.largest()));
    }
}
