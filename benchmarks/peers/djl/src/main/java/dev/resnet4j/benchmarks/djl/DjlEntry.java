package dev.resnet4j.benchmarks.djl;

import ai.djl.Model;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.types.Shape;
import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;

/**
 * DJL with its PyTorch engine and its own ResNet-50. Its convolutions are the tutorial's; its average pool is over the
 * whole feature map, so that its dense layer is smaller.
 */
public final class DjlEntry {
    private DjlEntry() {}

    public static void main(String[] arguments) {
        // As its page on performance has it; PyTorch's own default is as many.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(Turn.threads()));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        Stopwatch.main(arguments, DjlEntry::enter);
    }

    private static Contestant enter(Turn turn) {
        turn.requirePrecision(NumberFormat.FP32);
        SyntheticPictures pictures = SyntheticPictures.of(turn);
        return switch (turn.task()) {
            case TRAINING -> new DjlTraining(model(turn), pictures);
            case PREDICTION -> new DjlPrediction(model(turn), pictures);
        };
    }

    private static Model model(Turn turn) {
        Model model = Model.newInstance("resnet50", "PyTorch");
        model.setBlock(ResNetV1.builder()
                .setImageShape(new Shape(SyntheticPictures.CHANNELS, turn.side(), turn.side()))
                .setNumLayers(50)
                .setOutSize(Turn.CLASSES)
                .build());
        return model;
    }

    static Shape shape(SyntheticPictures pictures) {
        return new Shape(pictures.batch(), SyntheticPictures.CHANNELS, pictures.side(), pictures.side());
    }
}
