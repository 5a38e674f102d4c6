/**
 * What a network is: pure Java, without native code and without files.
 *
 * <p>Start at {@link dev.resnet4j.model.resnet.ResNet50}, which builds a
 * {@link dev.resnet4j.model.layer.Network} out of {@link dev.resnet4j.model.layer layers}. Its numbers are
 * {@link dev.resnet4j.model.network.Weights}; how they are trained is said in {@link dev.resnet4j.model.training}.
 */
package dev.resnet4j.model;
