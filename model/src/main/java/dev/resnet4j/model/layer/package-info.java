/**
 * Layers, each a record of its Keras configuration ({@link dev.resnet4j.model.layer.Conv2D},
 * {@link dev.resnet4j.model.layer.BatchNormalization} and the others that {@link dev.resnet4j.model.layer.Layer} lists),
 * and the {@link dev.resnet4j.model.layer.Network} that they are joined to, which is a layer itself.
 *
 * <p>Start at {@link dev.resnet4j.model.layer.Layer}. {@code layer.apply(x)} puts a layer into a graph of
 * {@link dev.resnet4j.model.layer.SymbolicTensor}s and checks its shapes at once; {@code Network.of} makes a network of
 * the graph, whose layers in their places are {@link dev.resnet4j.model.layer.Node}s. What interprets layers is a
 * {@link dev.resnet4j.model.layer.LayerVisitor}.
 */
package dev.resnet4j.model.layer;
