package dev.resnet4j.formats.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Acreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Awrite;
import static org.bytedeco.hdf5.global.hdf5.H5Dcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Dwrite;
import static org.bytedeco.hdf5.global.hdf5.H5F_SCOPE_GLOBAL;
import static org.bytedeco.hdf5.global.hdf5.H5Fflush;
import static org.bytedeco.hdf5.global.hdf5.H5Fget_file_image;
import static org.bytedeco.hdf5.global.hdf5.H5Fget_vfd_handle;
import static org.bytedeco.hdf5.global.hdf5.H5Gcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Oopen;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_DATASET_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_LINK_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_char_encoding;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_create_intermediate_group;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_obj_track_times;
import static org.bytedeco.hdf5.global.hdf5.H5S_ALL;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;
import static org.bytedeco.hdf5.global.hdf5.H5Screate;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5T_CSET_ASCII;
import static org.bytedeco.hdf5.global.hdf5.H5T_CSET_UTF8;
import static org.bytedeco.hdf5.global.hdf5.H5T_C_S1_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_FLOAT_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_INT32_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_INT64_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STR_NULLPAD;
import static org.bytedeco.hdf5.global.hdf5.H5T_STR_NULLTERM;
import static org.bytedeco.hdf5.global.hdf5.H5T_VARIABLE;
import static org.bytedeco.hdf5.global.hdf5.H5Tcopy;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_cset;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_strpad;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes an HDF5 file as h5py does, by the HDF5 C library: groups, arrays in one piece, texts as attributes. HDF5 1.8
 * and all later versions read it. No times are stored, so the same content gives the same bytes.
 *
 * <p>Groups and arrays are named by their paths from the root ({@code model_weights/conv1/conv1/kernel:0}); the groups
 * on the way are made. The root itself is {@code /}.
 *
 * <p>The file is made in native memory, which takes as much as the file will have, and then written to any stream. The
 * C library never meets a disk: where one is full it cannot close its file, and ends the whole process with a crash.
 *
 * <p>The native library is loaded when the first file is created. It does one thing at a time, whoever asks, so
 * several threads may write.
 */
public final class Hdf5Writer implements AutoCloseable {
    /** The longest name in bytes that Keras puts into an array of names, and its limit for such an array. */
    static final int LONGEST_NAMES = 64_512;

    private static final int BUFFER_BYTES = 1 << 18;
    /** Where the superblock of version 0 tells that somebody is writing to the file. */
    private static final int CONSISTENCY_FLAGS = 20;

    private final NativeLibrary library;
    private final Handle file;

    private Hdf5Writer(NativeLibrary library, Handle file) {
        this.library = library;
        this.file = file;
    }

    /**
     * Starts an empty file.
     *
     * @throws FormatException if there is no HDF5 library for this machine
     */
    public static Hdf5Writer create() {
        NativeLibrary library = NativeLibrary.load();
        synchronized (NativeLibrary.LOCK) {
            return new Hdf5Writer(library, library.createFile());
        }
    }

    /** The length of the whole file in bytes, as it is now. */
    public long size() {
        synchronized (NativeLibrary.LOCK) {
            file.require(H5Fflush(file.id(), H5F_SCOPE_GLOBAL));
            long size = H5Fget_file_image(file.id(), null, 0);
            library.check("HDF5", size < 0 ? -1 : 0);
            return size;
        }
    }

    /** Writes the whole file, as it is now. It may be written more than once. */
    public void writeTo(OutputStream out) throws IOException {
        synchronized (NativeLibrary.LOCK) {
            long size = size();
            byte[] buffer = new byte[BUFFER_BYTES];
            // The driver hands out the place where it keeps the address of its memory.
            try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
                file.require(H5Fget_vfd_handle(file.id(), H5P_DEFAULT, place));
                BytePointer memory = new PointerPointer<BytePointer>(place.get(0)).get(BytePointer.class, 0);
                for (long start = 0; start < size; start += BUFFER_BYTES) {
                    int length = (int) Math.min(BUFFER_BYTES, size - start);
                    memory.position(start).get(buffer, 0, length);
                    if (start == 0) {
                        Arrays.fill(buffer, CONSISTENCY_FLAGS, CONSISTENCY_FLAGS + Integer.BYTES, (byte) 0);
                    }
                    out.write(buffer, 0, length);
                }
            }
        }
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        synchronized (NativeLibrary.LOCK) {
            file.close();
        }
    }

    /**
     * Adds an empty group.
     *
     * @throws FormatException if there is no memory for it, or something of this name already
     */
    public void addGroup(String path) {
        synchronized (NativeLibrary.LOCK) {
            try (Handle link = newLink(path);
                    BytePointer name = text(path);
                    Handle group = library.handle(
                            path, H5Gcreate2(file.id(), name, link.id(), H5P_DEFAULT, H5P_DEFAULT), hdf5::H5Gclose)) {
                // Made, and closed at once.
            }
        }
    }

    /**
     * Adds an array of float32.
     *
     * @throws FormatException if there is no memory for it, or something of this name already
     */
    public void add(String path, NdArray array) {
        write(path, array.shape(), H5T_IEEE_F32LE_g(), H5T_NATIVE_FLOAT_g(), new FloatPointer(array.values()));
    }

    /**
     * Adds an array of int32.
     *
     * @throws FormatException if there is no memory for it, or something of this name already
     */
    public void addInt32(String path, Shape shape, int... values) {
        requireElements(shape, values.length);
        write(path, shape, H5T_STD_I32LE_g(), H5T_NATIVE_INT32_g(), new IntPointer(values));
    }

    /**
     * Adds an array of int64.
     *
     * @throws FormatException if there is no memory for it, or something of this name already
     */
    public void addInt64(String path, Shape shape, long... values) {
        requireElements(shape, values.length);
        write(path, shape, H5T_STD_I64LE_g(), H5T_NATIVE_INT64_g(), new LongPointer(values));
    }

    private static void requireElements(Shape shape, int values) {
        if (shape.elements() != values) {
            throw new IllegalArgumentException(
                    "an array of shape " + shape + " holds " + shape.elements() + " numbers, but got " + values);
        }
    }

    /** Writes numbers that were copied out of Java's heap, and frees the copy. */
    private void write(String path, Shape shape, long fileType, long memoryType, Pointer numbers) {
        synchronized (NativeLibrary.LOCK) {
            try (numbers;
                    Handle link = newLink(path);
                    Handle properties = withoutTimes(path);
                    Handle space = dataspace(path, shape);
                    BytePointer name = text(path);
                    Handle dataset = library.handle(
                            path,
                            H5Dcreate2(file.id(), name, fileType, space.id(), link.id(), properties.id(), H5P_DEFAULT),
                            hdf5::H5Dclose)) {
                dataset.require(H5Dwrite(dataset.id(), memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers));
            }
        }
    }

    private Handle newLink(String path) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(path);
        Handle link = library.handle(path, H5Pcreate(H5P_CLS_LINK_CREATE_ID_g()), hdf5::H5Pclose);
        return link.require(H5Pset_create_intermediate_group(link.id(), 1))
                .require(H5Pset_char_encoding(link.id(), ascii ? H5T_CSET_ASCII : H5T_CSET_UTF8));
    }

    private Handle withoutTimes(String path) {
        Handle properties = library.handle(path, H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), hdf5::H5Pclose);
        return properties.require(H5Pset_obj_track_times(properties.id(), false));
    }

    private Handle dataspace(String place, Shape shape) {
        return shape.rank() == 0 ? scalar(place) : dataspace(place, longs(shape));
    }

    private Handle dataspace(String place, long... sizes) {
        return library.handle(place, H5Screate_simple(sizes.length, sizes, (long[]) null), hdf5::H5Sclose);
    }

    private Handle scalar(String place) {
        return library.handle(place, H5Screate(H5S_SCALAR), hdf5::H5Sclose);
    }

    private static long[] longs(Shape shape) {
        return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    }

    /**
     * Sets an attribute as h5py sets Python's {@code str}: of any length, in UTF-8.
     *
     * @param path the group or array that has the attribute
     * @throws FormatException if there is no memory for it, or no such group or array
     */
    public void setString(String path, String attribute, String value) {
        setText(path, attribute, value, H5T_CSET_UTF8);
    }

    /**
     * Sets an attribute as h5py sets Python's {@code bytes}, and so Keras's legacy files all their texts: of any
     * length, declared as ASCII. The bytes are the text's in UTF-8.
     *
     * @param path the group or array that has the attribute
     * @throws FormatException if there is no memory for it, or no such group or array
     */
    public void setBytes(String path, String attribute, String value) {
        setText(path, attribute, value, H5T_CSET_ASCII);
    }

    private void setText(String path, String attribute, String value, int characterSet) {
        String place = path + "@" + attribute;
        requireNoZero(place, value);
        synchronized (NativeLibrary.LOCK) {
            try (Handle type = stringType(place, H5T_VARIABLE, H5T_STR_NULLTERM, characterSet);
                    Handle space = scalar(place);
                    BytePointer text = text(value);
                    PointerPointer<BytePointer> pointer = new PointerPointer<>(1)) {
                pointer.put(0, text);
                writeAttribute(path, attribute, type.id(), space.id(), pointer);
            }
        }
    }

    /**
     * Sets an attribute as Keras's legacy files keep {@code layer_names} and {@code weight_names}: an array of ASCII
     * strings of one length, padded with zeros. What is larger than 64,512 bytes is split as Keras splits it, into as
     * few even parts as do, named {@code weight_names0}, {@code weight_names1} and so on. No names at all are an
     * array of no float64, as NumPy makes it.
     *
     * @param path the group that has the attribute
     * @throws FormatException if there is no memory for it, or one name alone is longer than that
     */
    public void setNames(String path, String attribute, List<String> names) {
        String place = path + "@" + attribute;
        names.forEach(name -> requireNoZero(place, name));
        List<byte[]> bytes = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        int width =
                Math.max(1, bytes.stream().mapToInt(name -> name.length).max().orElse(1));
        if (width > LONGEST_NAMES) {
            throw new FormatException(
                    place,
                    "a name of " + width + " bytes is longer than the " + LONGEST_NAMES + " that Keras stores",
                    "use shorter names");
        }
        int parts = parts(names.size(), width);
        int start = 0;
        for (int part = 0; part < parts; part++) {
            int count = partSize(names.size(), parts, part);
            String name = parts == 1 ? attribute : attribute + part;
            writeNames(path, name, bytes.subList(start, start + count), width);
            start += count;
        }
    }

    /** Into how many parts an array of names goes: the fewest whose largest keeps the limit. */
    private static int parts(int names, int width) {
        int parts = 1;
        while ((long) partSize(names, parts, 0) * width > LONGEST_NAMES) {
            parts++;
        }
        return parts;
    }

    /** As NumPy's {@code array_split}: the first parts take one more each where it does not come out even. */
    private static int partSize(int names, int parts, int part) {
        return names / parts + (part < names % parts ? 1 : 0);
    }

    private void writeNames(String path, String attribute, List<byte[]> names, int width) {
        String place = path + "@" + attribute;
        byte[] padded = new byte[names.size() * width];
        for (int index = 0; index < names.size(); index++) {
            System.arraycopy(names.get(index), 0, padded, index * width, names.get(index).length);
        }
        synchronized (NativeLibrary.LOCK) {
            try (Handle string = stringType(place, width, H5T_STR_NULLPAD, H5T_CSET_ASCII);
                    Handle space = dataspace(place, (long) names.size());
                    BytePointer numbers = new BytePointer(padded)) {
                long type = names.isEmpty() ? H5T_IEEE_F64LE_g() : string.id();
                writeAttribute(path, attribute, type, space.id(), numbers);
            }
        }
    }

    private Handle stringType(String place, long bytes, int padding, int characterSet) {
        Handle type = library.handle(place, H5Tcopy(H5T_C_S1_g()), hdf5::H5Tclose);
        return type.require(H5Tset_size(type.id(), bytes))
                .require(H5Tset_strpad(type.id(), padding))
                .require(H5Tset_cset(type.id(), characterSet));
    }

    private void writeAttribute(String path, String attribute, long type, long space, Pointer value) {
        String place = path + "@" + attribute;
        try (BytePointer ownerName = text(path);
                BytePointer name = text(attribute);
                Handle owner = library.handle(path, H5Oopen(file.id(), ownerName, H5P_DEFAULT), hdf5::H5Oclose);
                Handle written = library.handle(
                        place, H5Acreate2(owner.id(), name, type, space, H5P_DEFAULT, H5P_DEFAULT), hdf5::H5Aclose)) {
            written.require(H5Awrite(written.id(), type, value));
        }
    }

    /** A string of C's ends at its first zero, so nobody would see the rest. */
    private static void requireNoZero(String place, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new FormatException(place, "it has a zero character inside", "leave it out");
        }
    }

    /** A string of C's: JavaCPP ends it with a zero. */
    private static BytePointer text(String text) {
        return new BytePointer(text, StandardCharsets.UTF_8);
    }
}
