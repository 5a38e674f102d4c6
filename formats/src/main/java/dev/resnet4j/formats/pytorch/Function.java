package dev.resnet4j.formats.pytorch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions and classes that a pickle may call, each of which makes a tensor or a container. */
enum Function implements Global {
    ORDERED_DICT("collections", "OrderedDict"),
    SIZE("torch", "Size"),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor"),
    REBUILD_TENSOR_V2("torch._utils", "_rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    // What a NumPy number in a checkpoint (the best accuracy, say) is made of. It is passed over.
    BYTES("_codecs", "encode"),
    NUMPY_TYPE("numpy", "dtype"),
    NUMPY_SCALAR("numpy.core.multiarray", "scalar"),
    NUMPY_2_SCALAR("numpy._core.multiarray", "scalar");

    private final String module;
    private final String functionName;

    Function(String module, String functionName) {
        this.module = module;
        this.functionName = functionName;
    }

    static Optional<Function> find(String module, String name) {
        return Arrays.stream(values())
                .filter(function -> function.module.equals(module) && function.functionName.equals(name))
                .findFirst();
    }

    /**
     * What it makes of arguments.
     *
     * @throws IllegalArgumentException if they are not what PyTorch and Python give it
     */
    Object call(List<?> arguments) {
        return switch (this) {
            case ORDERED_DICT -> PickleDict.ofPairs(arguments);
            case SIZE -> integers(argument(arguments, 0));
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensor(arguments);
            case REBUILD_PARAMETER -> parameter(argument(arguments, 0));
            case BYTES, NUMPY_TYPE, NUMPY_SCALAR, NUMPY_2_SCALAR -> Unread.VALUE;
        };
    }

    /** The storage, the offset, the sizes and the strides; what follows is for training. */
    private static Object tensor(List<?> arguments) {
        Object storage = argument(arguments, 0);
        if (storage == Unread.VALUE) {
            return Unread.VALUE;
        }
        if (!(storage instanceof Storage numbers) || !(argument(arguments, 1) instanceof Long offset)) {
            throw new IllegalArgumentException("a tensor without storage or offset");
        }
        return new TensorView(numbers, offset, integers(argument(arguments, 2)), integers(argument(arguments, 3)));
    }

    private static Object parameter(Object tensor) {
        if (!(tensor instanceof TensorView || tensor == Unread.VALUE)) {
            throw new IllegalArgumentException("a parameter without a tensor");
        }
        return tensor;
    }

    private static Object argument(List<?> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("a call with " + arguments.size() + " arguments");
        }
        return arguments.get(index);
    }

    private static List<Long> integers(Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
            throw new IllegalArgumentException("sizes that are no integers");
        }
        return list.stream().map(Long.class::cast).toList();
    }

    String module() {
        return module;
    }

    String functionName() {
        return functionName;
    }
}
