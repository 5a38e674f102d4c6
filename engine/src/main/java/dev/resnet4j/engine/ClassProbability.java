package dev.resnet4j.engine;

/**
 * How probable a model holds a class to be.
 *
 * @param index of the class, from 0, in the order of the network's outputs
 * @param name of the class
 * @param probability in [0, 1]
 */
public record ClassProbability(int index, String name, float probability) {}
