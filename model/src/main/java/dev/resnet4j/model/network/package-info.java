/**
 * What a {@link dev.resnet4j.model.layer.Network} holds and how it is shown: its numbers are
 * {@link dev.resnet4j.model.network.Weights}, {@link dev.resnet4j.model.network.Summary} is a table of its layers.
 */
package dev.resnet4j.model.network;
