package dev.resnet4j.benchmarks.race;

/**
 * What a step takes in.
 *
 * @param batch how many pictures
 * @param side their height and width
 */
record PictureBatch(int batch, int side) {}
