package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/** The library oneDNN on this machine's processor. */
public final class OneDnn {
    private OneDnn() {}

    /** Whether it convolves such numbers fast here: there is a native library for this machine, and the processor can. */
    public static boolean convolves(NumberType numbers) {
        return Convolved.NUMBERS.contains(numbers);
    }

    /** Whether it convolves bytes fast here. */
    public static boolean convolvesBytes() {
        return Convolved.BYTES;
    }

    static engine processor() {
        return Loaded.PROCESSOR;
    }

    /** On a processor, a primitive is done when its call returns. */
    static stream stream() {
        return Loaded.STREAM;
    }

    /** Loads the library when it is first asked for. What is made here outlives the scope in which that happens. */
    private static final class Loaded {
        private static final engine PROCESSOR = new engine(engine.kind.cpu, 0).retainReference();
        private static final stream STREAM = new stream(PROCESSOR).retainReference();
    }

    /** Old processors have no bfloat16, and some have none of oneDNN's fast kernels. */
    private static final class Convolved {
        private static final Shape FEATURE_MAP = Shape.of(8, 8, 64);
        private static final Size2D ONE = Size2D.square(1);
        private static final ConvolutionShape USUAL =
                new ConvolutionShape(FEATURE_MAP, FEATURE_MAP, Size2D.square(3), ONE, ONE, 1, 1, 1);
        private static final Set<NumberType> NUMBERS = tried();

        private static final boolean BYTES = !NUMBERS.isEmpty() && triedBytes();

        private static boolean triedBytes() {
            ByteScale unsigned = new ByteScale(false, 1);
            return new ByteConvolutionDescriptor(USUAL, unsigned, Optional.empty(), unsigned, true).hasFastKernel();
        }

        private static Set<NumberType> tried() {
            try {
                return Arrays.stream(NumberType.values())
                        .filter(numbers -> new ConvolutionDescriptor(USUAL, numbers, false, true).hasFastKernel())
                        .collect(Collectors.toUnmodifiableSet());
            } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError notLoaded) {
                return Set.of();
            }
        }
    }
}
