package dev.resnet4j.engine.recipe;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ZeroInitResidual;

/**
 * What a recipe changes in the network before it is trained.
 *
 * @param normalizationMomentum of batch normalisation's moving statistics, in [0, 1]
 * @param zeroInitResidual whether the last gamma of each block starts as zeros: {@link ZeroInitResidual}
 */
public record NetworkSettings(double normalizationMomentum, boolean zeroInitResidual) {
    /** @throws IllegalArgumentException if the momentum is out of range */
    public NetworkSettings {
        if (!(normalizationMomentum >= 0 && normalizationMomentum <= 1)) {
            throw new IllegalArgumentException(
                    "the momentum of batch normalisation must be between 0 and 1, but was " + normalizationMomentum);
        }
    }

    /** With this momentum, and gammas of ones. */
    public static NetworkSettings momentum(double normalizationMomentum) {
        return new NetworkSettings(normalizationMomentum, false);
    }

    Network prepare(Network network) {
        Network prepared = network.withLayers(layer -> layer instanceof BatchNormalization normalization
                ? normalization.withMomentum(normalizationMomentum)
                : layer);
        return zeroInitResidual ? ZeroInitResidual.apply(prepared) : prepared;
    }
}
