/** Event files for TensorBoard: {@link dev.resnet4j.formats.tensorboard.EventFile} writes numbers, histograms, pictures. */
package dev.resnet4j.formats.tensorboard;
