package dev.resnet4j.benchmarks.tensorflow;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow's training step: one run of the graph. */
final class TensorFlowTraining implements Contestant {
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> pictures;
    private final Placeholder<TFloat32> labels;
    private final Operand<TFloat32> loss;
    private final List<Op> step;
    private final SyntheticPictures batch;

    TensorFlowTraining(SyntheticPictures batch, ConfigProto settings) {
        this.batch = batch;
        Ops tf = Ops.create(graph);
        pictures = tf.placeholder(TFloat32.class, Placeholder.shape(shape(batch)));
        labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(batch.batch(), Turn.CLASSES)));
        Variables variables = new Variables(tf);
        Operand<TFloat32> logits = new TensorFlowResNet50(tf, variables, batch.side()).logits(pictures, batch.batch());
        loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
        step = variables.step(loss);
        session = new Session(graph, settings);
        Session.Runner start = session.runner();
        variables.initializers().forEach(start::addTarget);
        start.run().close();
    }

    static Shape shape(SyntheticPictures batch) {
        return Shape.of(batch.batch(), batch.side(), batch.side(), SyntheticPictures.CHANNELS);
    }

    @Override
    public double step() {
        try (TFloat32 fedPictures = TFloat32.tensorOf(shape(batch), DataBuffers.of(batch.pixels()));
                TFloat32 fedLabels = TFloat32.tensorOf(labels.shape(), DataBuffers.of(batch.labels()))) {
            Session.Runner runner = session.runner()
                    .feed(pictures, fedPictures)
                    .feed(labels, fedLabels)
                    .fetch(loss);
            step.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
