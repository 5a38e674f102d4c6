package dev.resnet4j.plot;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Small networks to draw. */
final class Networks {
    private Networks() {}

    static SymbolicTensor input() {
        return SymbolicTensor.input(Shape.of(4, 4, 2));
    }

    static SymbolicTensor relu(String name, SymbolicTensor input) {
        return new Activation(name, ActivationFunction.RELU).apply(input);
    }

    static Network chain(int layers) {
        SymbolicTensor input = input();
        SymbolicTensor output = input;
        for (int layer = 0; layer < layers; layer++) {
            output = relu("layer" + layer, output);
        }
        return Network.of("chain", input, output);
    }

    /** A residual block between two activations, as a network of its own. */
    static Network nested() {
        SymbolicTensor input = input();
        return Network.of("nested", input, relu("after", block().apply(relu("before", input))));
    }

    /** Residual blocks in a network in a network. */
    static Network deeplyNested() {
        SymbolicTensor middle = input();
        Network twoBlocks = Network.of(
                "two_blocks",
                middle,
                block().withName("second").apply(block().withName("first").apply(middle)));
        SymbolicTensor input = input();
        return Network.of("deeply_nested", input, Merge.add().apply(twoBlocks.apply(relu("before", input)), input));
    }

    private static Network block() {
        SymbolicTensor input = input();
        SymbolicTensor main =
                new Conv2D(2, 3).withName("conv").withPadding(Padding.SAME).apply(relu("relu", input));
        return Network.of("block", input, Merge.add().apply(main, input));
    }

    /** A layer that takes its own output, by way of another. */
    static Network shared() {
        SymbolicTensor input = input();
        Layer shared = new Activation("shared", ActivationFunction.RELU);
        SymbolicTensor once = shared.apply(input);
        SymbolicTensor twice = shared.apply(new Activation("between", ActivationFunction.TANH).apply(once));
        return Network.of("shared_layer", input, Merge.add().apply(twice, once, input));
    }

    /** Shortcuts within shortcuts. */
    static Network crossing() {
        SymbolicTensor input = input();
        SymbolicTensor a = relu("a", input);
        SymbolicTensor b = Merge.add().apply(relu("b", a), a);
        SymbolicTensor c = Merge.add().apply(relu("c", b), a, input);
        SymbolicTensor d = Merge.add().apply(relu("d", c), b, a);
        return Network.of("crossing", input, Merge.add().apply(relu("e", d), c, b));
    }

    /** Every layer takes the outputs of all before it. */
    static Network dense(int layers) {
        SymbolicTensor input = input();
        List<SymbolicTensor> all = new ArrayList<>();
        all.add(input);
        all.add(relu("relu", input));
        for (int layer = 0; layer < layers; layer++) {
            all.add(Merge.add().apply(all.toArray(SymbolicTensor[]::new)));
        }
        return Network.of("dense", input, all.get(all.size() - 1));
    }
}
