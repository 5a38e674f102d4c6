package dev.resnet4j.benchmarks.contest;

import java.util.List;

/**
 * What a contestant does in its turn, which is a process of its own.
 *
 * @param task training or prediction
 * @param precision of the convolutions
 * @param batch pictures a step
 * @param side height and width of the pictures
 * @param steps that are timed
 * @param model an ONNX file of the network, for those that read one
 */
public record Turn(Task task, NumberFormat precision, int batch, int side, int steps, String model) {
    /** Of the pictures that are trained on. */
    public static final int CLASSES = 6;

    /** Of Adam, and the rest as Keras and PyTorch have it. */
    public static final double LEARNING_RATE = 0.001;

    /** As words for a process, which {@link #parse} reads. */
    public List<String> toArguments() {
        return List.of(
                task.name(),
                precision.name(),
                Integer.toString(batch),
                Integer.toString(side),
                Integer.toString(steps),
                model);
    }

    /** What {@link #toArguments} gave. */
    public static Turn parse(String[] arguments) {
        return new Turn(
                Task.valueOf(arguments[0]),
                NumberFormat.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                arguments[5]);
    }

    /** The same, with another number of steps. */
    public Turn withSteps(int count) {
        return new Turn(task, precision, batch, side, count, model);
    }

    /** Threads that each contestant computes with. */
    public static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Multiplications and additions of the network's convolutions for one picture: training takes three times a
     * prediction's, less the gradient of the pictures.
     */
    public double operations() {
        List<ConvolutionShape> shapes = ConvolutionShape.ofResNet50(side);
        double forward =
                shapes.stream().mapToDouble(ConvolutionShape::operations).sum();
        return switch (task) {
            case TRAINING -> 3 * forward - shapes.get(0).operations();
            case PREDICTION -> forward;
        };
    }

    /** Takes no part in what it cannot do. */
    public void requirePrecision(NumberFormat... known) {
        if (!List.of(known).contains(precision)) {
            throw new LeftOutException("it has no " + precision + " for " + task);
        }
    }
}
