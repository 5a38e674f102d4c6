package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.util.List;
import java.util.Map;

/** Lays a model's numbers out as Keras 3 does in {@code model.weights.h5}. */
final class WeightsHdf5 {
    private WeightsHdf5() {}

    static void write(SavedModel model, Hdf5Writer file) {
        addLayers(model, file);
        if (model.optimizerState().isPresent()) {
            Optimizer optimizer = model.compilation().orElseThrow().optimizer();
            addOptimizer(model, optimizer, model.optimizerState().get(), file);
        }
        addVariables(file, "", model.network().name());
    }

    private static void addLayers(SavedModel model, Hdf5Writer file) {
        List<Node> nodes = model.network().layers();
        Map<String, String> groups = WeightGroups.of(nodes);
        for (Node node : nodes) {
            String group = WeightGroups.LAYERS + "/" + groups.get(node.name()) + "/";
            String variables = addVariables(file, group, node.name());
            int number = 0;
            for (WeightSpec spec : node.weights()) {
                file.add(variables + number++, model.weights().get(node.name(), spec.name()));
            }
        }
    }

    private static void addOptimizer(SavedModel model, Optimizer optimizer, OptimizerState state, Hdf5Writer file) {
        String variables = addVariables(file, WeightGroups.OPTIMIZER + "/", OptimizerVariables.kerasName(optimizer));
        int number = 0;
        file.addInt64(variables + number++, Shape.of(), state.iterations());
        if (optimizer.learningRate() instanceof ConstantRate constant) {
            file.add(variables + number++, new NdArray(Shape.of(), new float[] {(float) constant.rate()}));
        }
        for (WeightName weight :
                OptimizerVariables.trainable(model.network().nodes()).keySet()) {
            for (String slot : optimizer.slots()) {
                file.add(variables + number++, state.slots().get(weight).get(slot));
            }
        }
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
