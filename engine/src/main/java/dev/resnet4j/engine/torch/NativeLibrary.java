package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.EngineException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, and is the one place that knows what devices it can run on. */
final class NativeLibrary {
    static {
        // JavaCPP otherwise reads the process's size and takes a global lock at each native allocation.
        setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        // Which HDF5 library was built beside which JavaCPP is nothing for standard error.
        setUnlessGiven("org.bytedeco.javacpp.logger", "slf4j");
    }

    private NativeLibrary() {}

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Loads the library where it is not loaded; where another thread is loading it, waits for that. */
    static void load() {
        Loader.load(torch.class);
    }

    /**
     * Loads the library and makes sure that it can run on a device.
     *
     * @return libtorch's name of the device
     * @throws EngineException if there is no native library for this machine, or no such device
     */
    static org.bytedeco.pytorch.Device open(Device device) {
        try {
            return switch (device) {
                case CPU -> new org.bytedeco.pytorch.Device(torch.DeviceType.CPU);
                case CUDA -> cuda();
            };
        } catch (UnsatisfiedLinkError | NoClassDefFoundError notLoaded) {
            throw new EngineException(
                    "libtorch's native library could not be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + reason(notLoaded)
                            + "): it runs on Linux, Windows and macOS on x86-64, and on macOS on Arm; its CUDA build needs"
                            + " CUDA 13.1 and cuDNN on the machine",
                    notLoaded);
        }
    }

    /** Only the first attempt to load says why it failed; the later ones have it for a cause. */
    private static String reason(LinkageError notLoaded) {
        Throwable first = notLoaded instanceof NoClassDefFoundError ? notLoaded.getCause() : null;
        return (first == null ? notLoaded : first).getMessage();
    }

    private static org.bytedeco.pytorch.Device cuda() {
        if (!torch.cuda_is_available()) {
            throw new EngineException("there is no GPU that libtorch can use: run on the processor (--device cpu), or"
                    + " build with the Maven profile 'cuda' on a machine with an NVIDIA GPU, CUDA and cuDNN");
        }
        return new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, (byte) 0);
    }
}
