package dev.resnet4j.cli;

import dev.resnet4j.cli.report.DuplicatePictures.Places;
import dev.resnet4j.data.Dataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds test pictures that stand in the training data, too, pixel by pixel. */
final class SamePictures {
    private SamePictures() {}

    /**
     * Where the same pictures are.
     *
     * @param training of the size of the test pictures
     * @param test each of its pictures is named once at most, with the first training picture that is the same
     */
    static List<Places> between(Dataset training, Dataset test) {
        Map<ByteBuffer, Integer> learned = new HashMap<>();
        for (int place = 0; place < training.size(); place++) {
            learned.putIfAbsent(ByteBuffer.wrap(training.images().get(place).pixels()), place);
        }
        List<Places> same = new ArrayList<>();
        for (int place = 0; place < test.size(); place++) {
            Integer trainingPlace =
                    learned.get(ByteBuffer.wrap(test.images().get(place).pixels()));
            if (trainingPlace != null) {
                same.add(new Places(trainingPlace, place));
            }
        }
        return same;
    }
}
