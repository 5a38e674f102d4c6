package dev.resnet4j.model.layer;

/**
 * What to do for each kind of layer. A new kind does not compile until everything that interprets layers knows it.
 *
 * @param <R> the result
 */
public interface LayerVisitor<R> {
    R visit(Activation layer);

    R visit(AveragePooling2D layer);

    R visit(BatchNormalization layer);

    R visit(CenterCrop layer);

    R visit(Concatenate layer);

    R visit(Conv2D layer);

    R visit(Conv2DTranspose layer);

    R visit(Cropping2D layer);

    R visit(Dense layer);

    R visit(DepthwiseConv2D layer);

    R visit(Dropout layer);

    R visit(ELU layer);

    R visit(Flatten layer);

    R visit(GaussianDropout layer);

    R visit(GaussianNoise layer);

    R visit(GlobalAveragePooling2D layer);

    R visit(GlobalMaxPooling2D layer);

    R visit(GroupNormalization layer);

    R visit(InputLayer layer);

    R visit(LayerNormalization layer);

    R visit(LeakyReLU layer);

    R visit(MaxPooling2D layer);

    R visit(Merge layer);

    R visit(Network layer);

    R visit(Normalization layer);

    R visit(PReLU layer);

    R visit(Permute layer);

    R visit(RandomBrightness layer);

    R visit(RandomContrast layer);

    R visit(RandomCrop layer);

    R visit(RandomFlip layer);

    R visit(RandomRotation layer);

    R visit(RandomTranslation layer);

    R visit(RandomZoom layer);

    R visit(ReLU layer);

    R visit(Rescaling layer);

    R visit(Reshape layer);

    R visit(Resizing layer);

    R visit(SeparableConv2D layer);

    R visit(Softmax layer);

    R visit(SpatialDropout2D layer);

    R visit(UpSampling2D layer);

    R visit(ZeroPadding2D layer);
}
