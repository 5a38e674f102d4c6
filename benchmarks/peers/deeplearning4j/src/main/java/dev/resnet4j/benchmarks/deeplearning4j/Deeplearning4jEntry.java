package dev.resnet4j.benchmarks.deeplearning4j;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j: the tutorial's ResNet-50 as its computation graph, on its build with oneDNN's kernels. */
public final class Deeplearning4jEntry {
    private Deeplearning4jEntry() {}

    public static void main(String[] arguments) {
        System.setProperty("org.bytedeco.javacpp.platform.extension", "-onednn-avx2");
        Stopwatch.main(arguments, Deeplearning4jEntry::enter);
    }

    private static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32);
        // Its page on memory: with workspaces, which are its default, regular garbage collection only costs time.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        SyntheticPictures batch = SyntheticPictures.of(turn);
        ComputationGraph network = new ComputationGraph(Deeplearning4jResNet50.of(batch.side()));
        network.init();
        INDArray pictures = Nd4j.create(
                batch.channelsFirst(),
                new long[] {batch.batch(), SyntheticPictures.CHANNELS, batch.side(), batch.side()},
                'c');
        INDArray labels = Nd4j.create(batch.labels(), new long[] {batch.batch(), Turn.CLASSES}, 'c');
        return switch (turn.task()) {
            case TRAINING -> new Training(network, pictures, labels);
            case PREDICTION -> new Prediction(network, pictures);
        };
    }

    private record Training(ComputationGraph network, INDArray pictures, INDArray labels) implements Contestant {
        @Override
        public double step() {
            network.fit(new INDArray[] {pictures}, new INDArray[] {labels});
            return network.score();
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private record Prediction(ComputationGraph network, INDArray pictures) implements Contestant {
        @Override
        public double step() {
            return network.outputSingle(pictures).getDouble(0);
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
