package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.util.Map;
import java.util.Set;

/** Lays a model's numbers out as Keras 3 does in {@code model.weights.h5}. */
final class WeightsHdf5 {
    private WeightsHdf5() {}

    static void write(SavedModel model, Hdf5Writer file) {
        write(model.network(), model.weights(), file);
        model.optimizerState().ifPresent(state -> {
            addOptimizer(model.network(), model.compilation().orElseThrow(), state, file);
            state.average()
                    .ifPresent(average -> AveragedStatistics.write(model.network(), model.weights(), average, file));
        });
    }

    static void write(Network network, Weights weights, Hdf5Writer file) {
        addLayers(LayeredNetwork.of(network), "", "", weights, file);
        addVariables(file, "", network.name());
    }

    /**
     * @param group the path of the model's group, with a slash at its end
     * @param prefix what stands before the layers' names in the names of the weights
     */
    private static void addLayers(
            LayeredNetwork network, String group, String prefix, Weights weights, Hdf5Writer file) {
        Map<String, String> groups = WeightGroups.of(network.layers());
        for (KerasLayer layer : network.layers()) {
            String ofLayer = group + WeightGroups.LAYERS + "/" + groups.get(layer.name()) + "/";
            String variables = addVariables(file, ofLayer, layer.name());
            if (layer.nested().isPresent()) {
                addLayers(layer.nested().get(), ofLayer, prefix + layer.name() + "/", weights, file);
                continue;
            }
            int number = 0;
            for (KerasWeight weight : KerasWeight.of(layer)) {
                NdArray array = weights.get(
                        prefix + weight.name().layer(), weight.name().weight());
                if (weight.isCount()) {
                    file.addInt32(variables + number++, array.shape(), (int) array.values()[0]);
                } else {
                    file.add(variables + number++, array);
                }
            }
        }
    }

    /** In Keras's order: steps, rate, averages, gradients added up, and what the optimizer's own class remembers. */
    private static void addOptimizer(Network network, Compilation compilation, OptimizerState state, Hdf5Writer file) {
        Optimizer optimizer = compilation.optimizer();
        String variables = addVariables(file, WeightGroups.OPTIMIZER + "/", OptimizerConfig.kerasName(optimizer));
        Set<WeightName> trainable =
                KerasWeight.trainable(LayeredNetwork.of(network)).keySet();
        int number = 0;
        // Keras counts batches.
        long batches = Math.multiplyExact(state.iterations(), (long) compilation.gradientAccumulationSteps());
        file.addInt64(variables + number++, Shape.of(), batches);
        if (optimizer.learningRate() instanceof ConstantRate constant) {
            file.add(variables + number++, new NdArray(Shape.of(), new float[] {(float) constant.rate()}));
        }
        if (state.average().isPresent()) {
            for (WeightName weight : trainable) {
                file.add(variables + number++, state.average().get().arrays().get(weight));
            }
        }
        if (compilation.gradientAccumulationSteps() > 1) {
            for (WeightName weight : trainable) {
                file.add(variables + number++, zeros(network.trainableWeights().get(weight)));
            }
        }
        for (WeightName weight : trainable) {
            for (String slot : optimizer.slots()) {
                file.add(variables + number++, state.slots().get(weight).get(slot));
            }
        }
    }

    private static NdArray zeros(Shape shape) {
        return new NdArray(shape, new float[Math.toIntExact(shape.elements())]);
    }

    /**
     * Every saved object of Keras has a group of variables, though most are empty.
     *
     * @return the beginning of the variables' paths
     */
    private static String addVariables(Hdf5Writer file, String owner, String ownerName) {
        String group = owner + WeightGroups.VARIABLES;
        file.addGroup(group);
        file.setString(group, WeightGroups.NAME, ownerName);
        return group + "/";
    }
}
