/** HDF5, the container of Keras's weights. Start at {@code Hdf5Writer} and {@code Hdf5File}. */
package dev.resnet4j.formats.hdf5;
