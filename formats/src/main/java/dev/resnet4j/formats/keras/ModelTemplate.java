package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.keras.LayerTemplate.Input;
import dev.resnet4j.formats.keras.LayerTemplate.Nested;
import dev.resnet4j.formats.keras.LayerTemplate.Reference;
import dev.resnet4j.formats.keras.LayerTemplate.Single;
import dev.resnet4j.model.layer.Network.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A model of a file as it stands there, before its input's shape is known.
 *
 * @param name the model's name
 * @param kind how it was built
 * @param layers its layers in the file's order
 * @param input the sizes of its pictures; empty where the file does not tell
 * @param inputLayer the name of the layer where pictures enter
 * @param output what the model gives
 */
record ModelTemplate(
        String name,
        Kind kind,
        List<LayerTemplate> layers,
        Optional<Input> input,
        String inputLayer,
        Reference output) {
    /** Whether its pictures are (channels, height, width): the first layer that takes axes one way or the other tells. */
    boolean takesChannelsFirst() {
        for (LayerTemplate layer : layers) {
            Optional<Boolean> channelsFirst = tells(layer);
            if (channelsFirst.isPresent()) {
                return channelsFirst.get();
            }
        }
        return false;
    }

    private static Optional<Boolean> tells(LayerTemplate layer) {
        if (layer.content() instanceof Nested nested) {
            return Optional.of(nested.model().takesChannelsFirst());
        }
        if (layer.content() instanceof Single single) {
            return switch (single.axes().kind()) {
                case ANY_ORDER, ALONG, SHARED -> Optional.empty();
                case AS_WRITTEN -> Optional.of(false);
                case CHANNELS_FIRST -> Optional.of(true);
                case CHANNELS -> Optional.of(single.axes().axes().equals(List.of(1)));
            };
        }
        return Optional.empty();
    }
}
