package dev.resnet4j.formats.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group of an HDF5 file that is read. Links to other names or files are as if they were not there. */
public final class Hdf5Group {
    private final Hdf5File file;
    private final Group group;
    private final String path;

    Hdf5Group(Hdf5File file, Group group, String path) {
        this.file = file;
        this.group = group;
        this.path = path;
    }

    /** The path from the root, such as {@code /model_weights/conv1}; empty for the root. */
    public String path() {
        return path;
    }

    /** The names of the groups in this one, as they are ordered in the file: h5py orders them alphabetically. */
    public List<String> groupNames() {
        return names(Group.class);
    }

    /** The names of the arrays in this group, as they are ordered in the file. */
    public List<String> datasetNames() {
        return names(Dataset.class);
    }

    private List<String> names(Class<? extends Node> kind) {
        return children().entrySet().stream()
                .filter(child -> kind.isInstance(child.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A group below this one.
     *
     * @param below its path from here, such as {@code conv1/vars}
     * @return empty if there is none
     */
    public Optional<Hdf5Group> group(String below) {
        Hdf5Group found = this;
        for (String name : below.split("/", -1)) {
            if (!(found.children().get(name) instanceof Group child)) {
                return Optional.empty();
            }
            found = new Hdf5Group(file, child, found.path + "/" + name);
        }
        return Optional.of(found);
    }

    /**
     * An array below this group.
     *
     * @param below its path from here, such as {@code conv1/kernel:0}
     * @return empty if there is none
     */
    public Optional<Hdf5Dataset> dataset(String below) {
        int last = below.lastIndexOf('/');
        if (last >= 0) {
            return group(below.substring(0, last)).flatMap(owner -> owner.dataset(below.substring(last + 1)));
        }
        return children().get(below) instanceof Dataset dataset
                ? Optional.of(new Hdf5Dataset(file, dataset, path + "/" + below))
                : Optional.empty();
    }

    /** The group's attributes. */
    public Hdf5Attributes attributes() {
        return new Hdf5Attributes(file, group, path);
    }

    private Map<String, Node> children() {
        return Hdf5File.guarded(file.place(path), group::getChildren);
    }
}
