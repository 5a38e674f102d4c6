package dev.resnet4j.cli;

import dev.resnet4j.engine.Model;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The tutorial's check of its two blocks. */
@Command(
        name = "blocks",
        header = "Run the tutorial's two checks of its residual blocks.",
        description = {
            "Puts numpy.random.seed(1); numpy.random.randn(3, 4, 4, 6) through an identity block and a convolutional"
                    + " block with f = 2, filters = [2, 4, 6] and kernels from glorot_uniform(seed=0), and prints"
                    + " out[1][1][0] of each."
        },
        footer = {"", "Example:", "  resnet4j blocks"})
final class BlocksCommand implements Runnable {
    private static final int F = 2;
    private static final int[] FILTERS = {2, 4, 6};
    private static final int STAGE = 1;
    private static final String BLOCK = "a";
    private static final Shape PICTURE = Shape.of(4, 4, 6);
    private static final int BATCH = 3;

    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Mixin
    private DeviceOption device;

    @Mixin
    HelpOption help;

    @Override
    public void run() {
        Console console = resnet4j.console();
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        ResNet50 blocks = new ResNet50(0);
        SymbolicTensor identity = blocks.identityBlock(input, F, FILTERS, STAGE, BLOCK);
        SymbolicTensor convolutional = blocks.convolutionalBlock(input, F, FILTERS, STAGE, BLOCK, 2);

        Result result = new Result(
                checkedRow(Network.of("identity_block", input, identity)),
                checkedRow(Network.of("convolutional_block", input, convolutional)));

        console.print("identity_block out = " + NumpyText.row(result.identityBlock()));
        console.print("convolutional_block out = " + NumpyText.row(result.convolutionalBlock()));
        console.printResult(result);
    }

    private float[] checkedRow(Network network) {
        Shape shape = PICTURE.withBatch(BATCH);
        NdArray pictures = new NdArray(shape, new NumpyRandom(1).normals(Math.toIntExact(shape.elements())));
        try (Model model = Model.of(network, device.device())) {
            return model.predict(pictures).row(1, 1, 0);
        }
    }

    private record Result(float[] identityBlock, float[] convolutionalBlock) {}
}
