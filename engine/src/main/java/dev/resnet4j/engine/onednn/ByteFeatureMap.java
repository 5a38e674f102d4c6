package dev.resnet4j.engine.onednn;

/** A batch of feature maps in bytes: (batch, height, width, channels) in memory. */
record ByteFeatureMap(Block block, ByteScale scale) {}
