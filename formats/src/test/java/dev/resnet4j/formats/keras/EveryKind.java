package dev.resnet4j.formats.keras;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.FillMode;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A network with every kind of layer, their options away from the defaults. */
final class EveryKind {
    private static final Window WINDOW = new Window(new Size2D(3, 2), new Size2D(2, 1), Padding.SAME, new Size2D(1, 1));
    private static final Fill FILL = new Fill(FillMode.CONSTANT, Interpolation.NEAREST, 0.5);
    private static final Interval UNEVEN = new Interval(-0.25, 0.125);

    private EveryKind() {}

    static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(24, 20, 4));
        SymbolicTensor x = inARow(
                input,
                new Rescaling("", List.of(0.5, 1.0, 2.0, 4.0), List.of(0.0)),
                new Normalization(),
                new Normalization("", List.of(1.0, 2.0, 3.0, 4.0), List.of(0.5, 0.25, 2.0, 1.0), true),
                new RandomBrightness("", UNEVEN, new Interval(0, 1)),
                new RandomContrast("", new Interval(-0.25, 0.5), new Interval(0, 1)),
                new RandomFlip("", RandomFlip.Mode.VERTICAL),
                new RandomRotation("", UNEVEN, FILL),
                new RandomTranslation("", UNEVEN, Interval.around(0.5), Fill.DEFAULT),
                new RandomZoom("", UNEVEN, Optional.of(Interval.around(0.5)), FILL),
                new RandomZoom(0.25),
                new Resizing("", 22, 18, Interpolation.NEAREST, true),
                new RandomCrop(20, 16),
                new CenterCrop(18, 15),
                new ZeroPadding2D("", 1, 0, 2, 1),
                new Cropping2D("", 0, 1, 1, 2),
                new Conv2D("", 8, WINDOW, 2, true, ActivationFunction.SILU, new HeNormal(5), new Ones()),
                new UpSampling2D("", new Size2D(2, 1), Interpolation.BILINEAR),
                new BatchNormalization("", 0.9, 1e-5, false, true),
                new BatchNormalization().withGammaInitializer(new Zeros()),
                new ReLU("", 6, 0.125, 0.5),
                new DepthwiseConv2D("", WINDOW, 2, false, ActivationFunction.SELU, new GlorotUniform(7), new Zeros()),
                new LeakyReLU("", 0.125),
                new SeparableConv2D(
                        "",
                        6,
                        WINDOW,
                        2,
                        true,
                        ActivationFunction.GELU,
                        new GlorotUniform(8),
                        new HeNormal(9),
                        new Zeros()),
                new ELU("", 0.5),
                new Conv2DTranspose(
                        "",
                        8,
                        new Window(new Size2D(3, 3), new Size2D(2, 1), Padding.SAME),
                        Optional.of(new Conv2DTranspose.OutputPadding(1, 0)),
                        true,
                        ActivationFunction.TANH,
                        new HeNormal(4),
                        new Zeros()),
                new PReLU("", List.of(1, 2), new Ones()),
                new LayerNormalization("", 2, 1e-4, true, false),
                new GroupNormalization("", 4, 1e-4, false, true),
                new SpatialDropout2D(0.25),
                new GaussianNoise(0.5),
                new GaussianDropout(0.125),
                new AveragePooling2D(2).withStrides(1).withPadding(Padding.SAME),
                new MaxPooling2D(2).withStrides(1),
                new Softmax("", 1));
        SymbolicTensor pixel =
                new GlobalAveragePooling2D().withKeepDimensions(true).apply(x);
        for (Merge.Operation operation : Merge.Operation.values()) {
            x = new Merge(operation).apply(x, pixel);
        }
        x = new Concatenate("", 2).apply(x, x);
        SymbolicTensor most = new GlobalMaxPooling2D().apply(x);
        x = inARow(x, new Permute(3, 1, 2), new Flatten(), new Reshape("", List.of(8, -1)), new Flatten());
        x = inARow(x, new Dense(8).withBias(false), new Dropout(0.25));
        x = new Concatenate().apply(x, most);
        return Network.of("every kind", input, new Activation(ActivationFunction.SOFTMAX).apply(x));
    }

    static SymbolicTensor inARow(SymbolicTensor input, Layer... layers) {
        SymbolicTensor x = input;
        for (Layer layer : layers) {
            x = layer.apply(x);
        }
        return x;
    }
}
