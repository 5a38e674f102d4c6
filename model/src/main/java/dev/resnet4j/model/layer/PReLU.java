package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * x above 0, alpha * x below, with alpha learned (He et al. 2015). Weight: alpha, of the input's shape with 1 at the
 * shared axes.
 *
 * @param name the layer's name
 * @param sharedAxes the axes along which one alpha serves, counted from 1, the batch axis being 0: 1 and 2 for one
 *     alpha a channel
 * @param alphaInitializer how alpha starts
 */
public record PReLU(String name, List<Integer> sharedAxes, Initializer alphaInitializer) implements Layer {
    /** Takes a copy of the axes. */
    public PReLU {
        sharedAxes = List.copyOf(sharedAxes);
    }

    /** Keras's defaults: an alpha for every number, starting at 0. */
    public PReLU() {
        this("", List.of(), new Zeros());
    }

    @Override
    public PReLU withName(String newName) {
        return new PReLU(newName, sharedAxes, alphaInitializer);
    }

    /** With one alpha along these axes. */
    public PReLU withSharedAxes(Integer... axes) {
        return new PReLU(name, List.of(axes), alphaInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(this, inputs);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        int[] alpha = input.dimensions().stream().mapToInt(Integer::intValue).toArray();
        for (int axis : sharedAxes) {
            alpha[Inputs.axis(this, axis, input)] = 1;
        }
        return List.of(new WeightSpec("alpha", Shape.of(alpha), alphaInitializer, true));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
