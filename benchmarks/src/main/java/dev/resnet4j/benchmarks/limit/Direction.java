package dev.resnet4j.benchmarks.limit;

/** What is worked out of a convolution. */
enum Direction {
    FORWARD,
    INPUT_GRADIENT,
    KERNEL_GRADIENT
}
