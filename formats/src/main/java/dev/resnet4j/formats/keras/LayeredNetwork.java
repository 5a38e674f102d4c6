package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.List;

/**
 * A network and its layers in the order of its file, by which Keras numbers the weights. It is the network's own order
 * where resnet4j or Keras wrote the file, but what another program wrote must not end in swapped weights.
 *
 * @param network the network
 * @param nodes its nodes in the file's order
 */
record LayeredNetwork(Network network, List<Node> nodes) {}
