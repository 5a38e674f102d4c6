package dev.resnet4j.formats;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.OptimizerState;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a model's file holds.
 *
 * @param network the layers
 * @param weights their numbers; in the midst of a training that averages weights, those that it goes on with
 * @param compilation optimizer and loss; empty where the file has none, or others than resnet4j's
 * @param optimizerState what the optimizer remembers; empty where the file has none, or there is no compilation
 * @param facts what Keras has no place for
 */
public record SavedModel(
        Network network,
        Weights weights,
        Optional<Compilation> compilation,
        Optional<OptimizerState> optimizerState,
        TrainingFacts facts) {
    /**
     * @throws IllegalArgumentException if the weights or the compilation do not fit the network, or the optimizer's state does not fit
     *     the optimizer and the weights
     */
    public SavedModel {
        Objects.requireNonNull(facts, "facts");
        weights.requireFit(network);
        compilation.ifPresent(compiled -> compiled.requireFit(network));
        if (optimizerState.isPresent()) {
            Compilation compiled = compilation.orElseThrow(() -> new IllegalArgumentException(
                    "an optimizer's state needs the compilation that tells which optimizer it is of"));
            optimizerState.get().requireFit(compiled.optimizer(), network);
        }
    }

    /** A network and its weights, without anything about training. */
    public SavedModel(Network network, Weights weights) {
        this(network, weights, Optional.empty(), Optional.empty(), TrainingFacts.NONE);
    }

    /**
     * What is used once training is done: the average of the weights in place of the weights, where training kept one.
     * Such a model has no optimizer state: its training cannot go on. Without an average, this model.
     */
    public SavedModel forUse() {
        return optimizerState
                .flatMap(OptimizerState::average)
                .map(average -> new SavedModel(network, average, compilation, Optional.empty(), facts))
                .orElse(this);
    }

    /** Without what the optimizer remembers: a third of the size with Adam. */
    public SavedModel withoutOptimizerState() {
        return withOptimizerState(Optional.empty());
    }

    /** With this memory of the optimizer, or without. */
    public SavedModel withOptimizerState(Optional<OptimizerState> newState) {
        return new SavedModel(network, weights, compilation, newState, facts);
    }

    /** With other facts. */
    public SavedModel withFacts(TrainingFacts newFacts) {
        return new SavedModel(network, weights, compilation, optimizerState, newFacts);
    }
}
