package dev.resnet4j.formats.hdf5;

import dev.resnet4j.model.tensor.NdArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A group of an HDF5 file to be written: its children by their names, in order, and an attribute {@code name}. */
public final class Hdf5Group implements Hdf5Node {
    private final Map<String, Hdf5Node> children = new LinkedHashMap<>();
    private String name;

    /** Adds an empty group. */
    public Hdf5Group addGroup(String childName) {
        Hdf5Group child = new Hdf5Group();
        children.put(childName, child);
        return child;
    }

    /** Adds an array of float32. The numbers are not copied. */
    public void add(String childName, NdArray array) {
        children.put(childName, Hdf5Dataset.of(array));
    }

    /** Adds a single int64. */
    public void add(String childName, long value) {
        children.put(childName, Hdf5Dataset.of(value));
    }

    /** Adds a single float32. */
    public void add(String childName, float value) {
        children.put(childName, Hdf5Dataset.of(value));
    }

    /** Sets the attribute {@code name}. */
    public void setName(String newName) {
        name = newName;
    }

    @Override
    public byte[] header(Map<Hdf5Node, Long> addresses) {
        Hdf5Header header = new Hdf5Header();
        header.addGroup();
        children.forEach((childName, child) -> header.addLink(childName, addresses.getOrDefault(child, 0L)));
        if (name != null) {
            header.addAttribute("name", name);
        }
        return header.toBytes();
    }

    /** The children by their names, in order. */
    Map<String, Hdf5Node> children() {
        return Collections.unmodifiableMap(children);
    }
}
