package dev.resnet4j.benchmarks.tensorflow;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow's prediction: one run of a frozen graph. */
final class TensorFlowPrediction implements Contestant {
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> pictures;
    private final Operand<TFloat32> probabilities;
    private final SyntheticPictures batch;

    TensorFlowPrediction(SyntheticPictures batch, ConfigProto settings) {
        this.batch = batch;
        Ops tf = Ops.create(graph);
        pictures = tf.placeholder(TFloat32.class, Placeholder.shape(TensorFlowTraining.shape(batch)));
        TensorFlowResNet50 network = new TensorFlowResNet50(tf, new Constants(tf), batch.side());
        probabilities = tf.nn.softmax(network.logits(pictures, batch.batch()));
        session = new Session(graph, settings);
    }

    @Override
    public double step() {
        try (TFloat32 fed = TFloat32.tensorOf(TensorFlowTraining.shape(batch), DataBuffers.of(batch.pixels()));
                Result result = session.runner()
                        .feed(pictures, fed)
                        .fetch(probabilities)
                        .run()) {
            return ((TFloat32) result.get(0)).getFloat(0, 0);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
