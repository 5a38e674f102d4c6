package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.List;
import java.util.Optional;

/**
 * A network and its layers in the order of its file, by which Keras numbers the weights. It is the network's own order
 * where resnet4j or Keras wrote the file, but what another program wrote must not end in swapped weights. Layers that
 * were added to bring channels to the last axis are in the network and not among these.
 *
 * @param network the network
 * @param layers the file's layers, each once
 * @param channelsFirst whether pictures are (channels, height, width) in the file; here they never are
 */
record LayeredNetwork(Network network, List<KerasLayer> layers, boolean channelsFirst) {
    /** A network that does not come from a file. */
    static LayeredNetwork of(Network network) {
        List<KerasLayer> layers =
                network.layers().stream().map(LayeredNetwork::layer).toList();
        return new LayeredNetwork(network, layers, false);
    }

    private static KerasLayer layer(Node node) {
        Optional<LayeredNetwork> nested =
                node.layer() instanceof Network inner ? Optional.of(of(inner)) : Optional.empty();
        return new KerasLayer(node.layer().className(), node, false, nested);
    }

    /** The nodes of the file's layers, in its order. */
    List<Node> nodes() {
        return layers.stream().map(KerasLayer::node).toList();
    }
}
