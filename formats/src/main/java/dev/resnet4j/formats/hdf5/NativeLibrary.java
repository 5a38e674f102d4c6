package dev.resnet4j.formats.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5E_WALK_UPWARD;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5Ewalk2;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5F_CLOSE_STRONG;
import static org.bytedeco.hdf5.global.hdf5.H5Fcreate;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_FILE_ACCESS_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_fapl_core;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_fclose_degree;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import dev.resnet4j.formats.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongToIntFunction;
import org.bytedeco.hdf5.H5E_auto2_t;
import org.bytedeco.hdf5.H5E_error2_t;
import org.bytedeco.hdf5.H5E_walk2_t;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Pointer;

/** The HDF5 C library, and what its return codes mean. Every call to it needs {@link #LOCK}: it may not know threads. */
final class NativeLibrary {
    static final Object LOCK = new Object();

    /** By how many bytes a file in memory grows. */
    private static final long MEMORY_STEP = 8 << 20;

    private static final String ADVICE = "give each array and group a name of its own, and free memory";

    static {
        // JavaCPP otherwise reads the process's size and takes a global lock at each native allocation.
        setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        // On standard error it would say that HDF5 was built beside an older JavaCPP.
        setUnlessGiven("org.bytedeco.javacpp.logger", "slf4j");
    }

    private NativeLibrary() {}

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** @throws FormatException if there is no native library for this machine */
    static NativeLibrary load() {
        synchronized (LOCK) {
            try {
                NativeLibrary library = new NativeLibrary();
                library.check("HDF5", H5open());
                // Failures are told by exceptions, not on standard error.
                library.check("HDF5", H5Eset_auto2(H5E_DEFAULT, (H5E_auto2_t) null, null));
                return library;
            } catch (UnsatisfiedLinkError | NoClassDefFoundError notLoaded) {
                throw new FormatException(
                        "HDF5",
                        "the HDF5 C library could not be loaded on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + " (" + notLoaded.getMessage() + ")",
                        "it comes for Linux, Windows and macOS on x86-64: on a Mac with an Arm processor, write Keras's"
                                + " files with a JDK for x86-64",
                        notLoaded);
            }
        }
    }

    /** A file in native memory, which the disk never sees. */
    Handle createFile() {
        try (Handle access = handle("HDF5", H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), hdf5::H5Pclose)) {
            access.require(H5Pset_fapl_core(access.id(), MEMORY_STEP, false))
                    .require(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG));
            // No two open files may have the same name, even where there is no such file.
            String name = UUID.randomUUID().toString();
            return handle("HDF5", H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), hdf5::H5Fclose);
        }
    }

    /** @param id what the C library returned; negative if it failed */
    Handle handle(String place, long id, LongToIntFunction close) {
        if (id < 0) {
            throw failure(place);
        }
        return new Handle(this, place, id, close);
    }

    /** @param code what the C library returned; negative if it failed */
    void check(String place, int code) {
        if (code < 0) {
            throw failure(place);
        }
    }

    FormatException failure(String place) {
        return new FormatException(place, "it cannot be written: " + reason(), ADVICE);
    }

    /** What the operating system said, or else the innermost of what the C library says. */
    private static String reason() {
        try (FirstDescription first = new FirstDescription()) {
            int walked = H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first, null);
            if (walked < 0 || first.text == null) {
                return "the HDF5 library does not say why";
            }
            return first.text;
        }
    }

    /** Called for each level of the C library's error stack; the innermost comes first. */
    private static final class FirstDescription extends H5E_walk2_t {
        private String text;

        @Override
        public int call(int level, H5E_error2_t error, Pointer data) {
            if (text == null && error.desc() != null) {
                text = error.desc().getString(StandardCharsets.UTF_8);
            }
            return 0;
        }
    }
}
