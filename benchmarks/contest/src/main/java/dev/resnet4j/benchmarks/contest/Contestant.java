package dev.resnet4j.benchmarks.contest;

/** ResNet-50 in one library, which trains or predicts the same batch again and again. */
public interface Contestant extends AutoCloseable {
    /**
     * One step, done when this returns.
     *
     * @return the loss in training, one of the scores in prediction; finite, or what was timed is no such thing
     */
    double step();

    @Override
    void close();
}
