/**
 * Layers joined to a {@link dev.resnet4j.model.network.Network}: start there. Its layers in their places are
 * {@link dev.resnet4j.model.network.Node}s, its numbers {@link dev.resnet4j.model.network.Weights}.
 * {@link dev.resnet4j.model.network.Summary} shows it as a table.
 */
package dev.resnet4j.model.network;
