package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a file keeps the numbers of a kernel, which are (kernel height, kernel width, in, out) here.
 *
 * <p>Keras 1 keeps (out, in, kernel height, kernel width) for layers whose pictures are (channels, height, width).
 * Theano convolves, where all others correlate: its kernels are turned by half a circle. Keras 2 says in
 * {@code backend} whose they are; Keras 1 says nothing, but TensorFlow ends the names of its weights in {@code :0} and
 * Theano does not.
 *
 * @param keras1 whether Keras 1 wrote the file
 * @param theano whether the kernels are Theano's
 */
record StoredForm(boolean keras1, boolean theano) {
    /** As all files of TensorFlow's have it since Keras 2. */
    static final StoredForm PLAIN = new StoredForm(false, false);

    private static final int[] AS_STORED = {};
    private static final int[] KERNEL_OF_KERAS_1 = {2, 3, 1, 0};
    private static final int[] PICTURE = {1, 2, 0};

    /**
     * The form of a legacy file.
     *
     * @param version {@code keras_version}
     * @param backend {@code backend}
     * @param layers the file's layers
     */
    static StoredForm of(Optional<String> version, Optional<String> backend, List<StoredLayer> layers) {
        boolean keras1 = version.map(text -> text.startsWith("0.") || text.startsWith("1."))
                .orElse(backend.isEmpty());
        boolean namedByTheano = layers.stream()
                .flatMap(layer -> layer.arrays().stream())
                .noneMatch(array -> array.name().endsWith(":0"));
        return new StoredForm(keras1, backend.map("theano"::equals).orElse(keras1 && namedByTheano));
    }

    /** Whether an array can be the weight. */
    boolean fits(Hdf5Dataset dataset, KerasWeight weight) {
        return permutation(dataset, weight).isPresent();
    }

    /**
     * The numbers in the network's shape.
     *
     * @throws dev.resnet4j.formats.FormatException if they cannot be read, or the array cannot be the weight
     */
    NdArray read(Hdf5Dataset dataset, KerasWeight weight) {
        int[] axes = permutation(dataset, weight).orElse(AS_STORED);
        NdArray stored = axes == AS_STORED ? dataset.read(weight.shape()) : dataset.read();
        NdArray array = axes == AS_STORED ? stored : permuted(stored, axes, weight.shape());
        return theano && isKernel(weight) ? turned(array) : array;
    }

    /** Which axis of the stored array each axis of the weight is; nothing to permute is {@link #AS_STORED}. */
    private Optional<int[]> permutation(Hdf5Dataset dataset, KerasWeight weight) {
        boolean kernel = keras1 && isKernel(weight);
        boolean picture = weight.channelsFirst() && weight.shape().rank() == 3;
        int[] axes = kernel ? KERNEL_OF_KERAS_1 : PICTURE;
        boolean fitsPermuted = (kernel || picture) && dataset.hasShape(stored(weight.shape(), axes));
        if (fitsPermuted && (weight.channelsFirst() || !dataset.hasShape(weight.shape()))) {
            return Optional.of(axes);
        }
        return dataset.hasShape(weight.shape()) ? Optional.of(AS_STORED) : Optional.empty();
    }

    private static boolean isKernel(KerasWeight weight) {
        return weight.shape().rank() == 4;
    }

    /** The shape before its axes were permuted. */
    private static Shape stored(Shape shape, int[] axes) {
        Integer[] sizes = new Integer[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            sizes[axes[axis]] = shape.dimension(axis);
        }
        return new Shape(List.of(sizes));
    }

    private static NdArray permuted(NdArray array, int[] axes, Shape shape) {
        List<Integer> steps = new ArrayList<>();
        for (int axis : axes) {
            int step = 1;
            for (int inner = axis + 1; inner < axes.length; inner++) {
                step *= array.shape().dimension(inner);
            }
            steps.add(step);
        }
        float[] values = new float[array.values().length];
        int[] position = new int[axes.length];
        for (int index = 0; index < values.length; index++) {
            int from = 0;
            for (int axis = 0; axis < axes.length; axis++) {
                from += position[axis] * steps.get(axis);
            }
            values[index] = array.values()[from];
            for (int axis = axes.length - 1; axis >= 0 && ++position[axis] == shape.dimension(axis); axis--) {
                position[axis] = 0;
            }
        }
        return new NdArray(shape, values);
    }

    /** The kernel's rows and columns backwards. */
    private static NdArray turned(NdArray kernel) {
        int places = kernel.shape().dimension(0) * kernel.shape().dimension(1);
        int length = kernel.values().length / places;
        float[] values = new float[kernel.values().length];
        for (int place = 0; place < places; place++) {
            System.arraycopy(kernel.values(), place * length, values, (places - 1 - place) * length, length);
        }
        return new NdArray(kernel.shape(), values);
    }
}
