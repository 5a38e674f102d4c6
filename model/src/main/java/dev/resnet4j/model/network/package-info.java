/**
 * Layers joined to a {@link dev.resnet4j.model.layer.Network}: start there. Its layers in their places are
 * {@link dev.resnet4j.model.layer.Node}s, its numbers {@link dev.resnet4j.model.network.Weights}.
 * {@link dev.resnet4j.model.network.Summary} shows it as a table, {@link dev.resnet4j.model.network.Diagram} as a graph.
 */
package dev.resnet4j.model.network;
