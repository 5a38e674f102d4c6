/**
 * What a network learns from: labelled pictures, from a file to a batch of numbers.
 *
 * <p>{@link dev.resnet4j.data.Datasets#open} reads any supported source into a {@link dev.resnet4j.data.Dataset} of
 * {@link dev.resnet4j.data.Image}s: {@link dev.resnet4j.data.Hdf5Dataset}, {@link dev.resnet4j.data.ImageFolder},
 * {@link dev.resnet4j.data.CsvManifest} or {@link dev.resnet4j.data.Cifar10}. {@link dev.resnet4j.data.Split} keeps a
 * part of it apart, {@link dev.resnet4j.data.Shuffle} has the order of an epoch and {@link dev.resnet4j.data.Preprocessing}
 * makes numbers of bytes. On top of it stand {@link dev.resnet4j.data.augment} (random changes of pictures),
 * {@link dev.resnet4j.data.batch} (batches, made ahead of the consumer), {@link dev.resnet4j.data.duplicates} (pictures
 * that stand in two data sets) and {@link dev.resnet4j.data.signs} (the built-in pictures). Whatever is wrong with the
 * data is a {@link dev.resnet4j.data.DataException} with one line for the person who gave it.
 */
package dev.resnet4j.data;
