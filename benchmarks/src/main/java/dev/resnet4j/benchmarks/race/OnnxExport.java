package dev.resnet4j.benchmarks.race;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.onnx.OnnxFile;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import java.nio.file.Path;

/** The network as a file for those that read ONNX. */
final class OnnxExport {
    private OnnxExport() {}

    static void write(Path file, int side) {
        Network network = Resnet4jEntry.network(side);
        OnnxFile.write(
                new SavedModel(network, Weights.initialize(network)),
                file,
                OnnxOptions.DEFAULT.withLayout(OnnxOptions.Layout.NCHW));
    }
}
