package dev.resnet4j.formats.hdf5;

import java.util.Map;

/** What an HDF5 file to be written is made of. Two nodes are the same only if they are the same object. */
sealed interface Hdf5Node permits Hdf5Dataset, Hdf5Group {
    /**
     * The object header, of the same length whatever the addresses are.
     *
     * @param addresses of the headers of groups' children, and of data sets' numbers; 0 where not yet known
     */
    byte[] header(Map<Hdf5Node, Long> addresses);
}
