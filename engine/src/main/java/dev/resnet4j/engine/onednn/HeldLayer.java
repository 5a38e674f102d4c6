package dev.resnet4j.engine.onednn;

import java.util.Set;

/**
 * A layer of a plan, and what it takes the place of.
 *
 * @param nodes the names of the network's nodes
 */
record HeldLayer(PlannedLayer layer, Set<String> nodes) {}
