package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.limit.LimitEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Who can take part in a race. */
enum Entrant {
    RESNET4J(Resnet4jEntry.class.getName(), true),
    /** A bare eager loop of libtorch: what a Java user of it writes by hand. */
    LIBTORCH(LibtorchEntry.class.getName(), true),
    DJL("dev.resnet4j.benchmarks.djl.DjlEntry", false),
    TENSORFLOW("dev.resnet4j.benchmarks.tensorflow.TensorFlowEntry", false),
    ONNXRUNTIME("dev.resnet4j.benchmarks.onnxruntime.OnnxRuntimePrediction", false),
    DEEPLEARNING4J("dev.resnet4j.benchmarks.deeplearning4j.Deeplearning4jEntry", false),
    /** Not a competitor: the network's convolutions alone, which say how fast any could be. */
    LIMIT(LimitEntry.class.getName(), true);

    private final String mainClass;
    private final boolean ours;

    Entrant(String mainClass, boolean ours) {
        this.mainClass = mainClass;
        this.ours = ours;
    }

    /** The peers that race unless others are asked for. Deeplearning4j is asked for by name: it is several times slower. */
    static List<Entrant> usualPeers(Task task) {
        return switch (task) {
            case TRAINING -> List.of(LIBTORCH, DJL, TENSORFLOW);
            case PREDICTION -> List.of(LIBTORCH, DJL, TENSORFLOW, ONNXRUNTIME);
        };
    }

    /** Whether it may be named as a peer. */
    boolean isPeer() {
        return this != RESNET4J && this != LIMIT;
    }

    String mainClass() {
        return mainClass;
    }

    /** What the entrant's own documentation wants set in its environment. */
    Map<String, String> environment() {
        return switch (this) {
            case RESNET4J, LIMIT -> StartScript.ENVIRONMENT;
            // Its libraries come from Maven: it is to ask for no others, and to report nothing.
            case DJL -> Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true");
            // Errors only; oneDNN is its default on most machines, and made sure of on all.
            case TENSORFLOW -> Map.of("TF_CPP_MIN_LOG_LEVEL", "2", "TF_ENABLE_ONEDNN_OPTS", "1");
            case LIBTORCH, ONNXRUNTIME, DEEPLEARNING4J -> Map.of();
        };
    }

    /**
     * Where its classes are: peers have a folder each, since their native libraries clash.
     *
     * @param benchmarks the folder of this module
     */
    String classPath(Path benchmarks) {
        if (ours) {
            return System.getProperty("java.class.path");
        }
        Path target = benchmarks.resolve("peers").resolve(toString()).resolve("target");
        return Stream.of(target.resolve("classes"), target.resolve("lib").resolve("*"))
                .map(Path::toString)
                .reduce((first, second) -> first + System.getProperty("path.separator") + second)
                .orElseThrow();
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
