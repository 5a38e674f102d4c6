package dev.resnet4j.data.duplicates;

/**
 * A picture that stands in two data sets.
 *
 * @param training its place in the training set
 * @param test its place in the test set
 * @param distance of the two {@link PerceptualHash}es: 0 to 10, most often 0 to 4
 */
public record Duplicate(int training, int test, int distance) {}
