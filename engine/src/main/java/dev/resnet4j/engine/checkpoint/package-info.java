/** Checkpoints: all that is needed to go on with a training, on the disk, each with its checksum. */
package dev.resnet4j.engine.checkpoint;
