/** HDF5, the container of Keras's weights: what resnet4j writes of it. Start at {@code Hdf5Writer}. */
package dev.resnet4j.formats.hdf5;
