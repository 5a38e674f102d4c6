package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.util.List;
import java.util.Map;

/** Lays a model's numbers out as Keras 3 does in {@code model.weights.h5}. */
final class WeightsHdf5 {
    private WeightsHdf5() {}

    static Hdf5Group of(SavedModel model) {
        Hdf5Group root = new Hdf5Group();
        addLayers(model, root.addGroup(WeightGroups.LAYERS));
        model.optimizerState()
                .ifPresent(state -> addOptimizer(
                        model,
                        model.compilation().orElseThrow().optimizer(),
                        state,
                        root.addGroup(WeightGroups.OPTIMIZER)));
        addVariables(root, model.network().name());
        return root;
    }

    private static void addLayers(SavedModel model, Hdf5Group layers) {
        List<Node> nodes = model.network().layers();
        Map<String, String> groups = WeightGroups.of(nodes);
        for (Node node : nodes) {
            Hdf5Group variables = addVariables(layers.addGroup(groups.get(node.name())), node.name());
            int number = 0;
            for (WeightSpec spec : node.weights()) {
                variables.add(String.valueOf(number++), model.weights().get(node.name(), spec.name()));
            }
        }
    }

    private static void addOptimizer(SavedModel model, Optimizer optimizer, OptimizerState state, Hdf5Group group) {
        Hdf5Group variables = addVariables(group, OptimizerVariables.kerasName(optimizer));
        int number = 0;
        variables.add(String.valueOf(number++), state.iterations());
        if (optimizer.learningRate() instanceof ConstantRate constant) {
            variables.add(String.valueOf(number++), (float) constant.rate());
        }
        List<String> slots = optimizer.slots();
        for (WeightName weight :
                OptimizerVariables.trainable(model.network().nodes()).keySet()) {
            for (String slot : slots) {
                variables.add(
                        String.valueOf(number++), state.slots().get(weight).get(slot));
            }
        }
    }

    /** Every saved object of Keras has a group of variables, though most are empty. */
    private static Hdf5Group addVariables(Hdf5Group owner, String ownerName) {
        Hdf5Group variables = owner.addGroup(WeightGroups.VARIABLES);
        variables.setName(ownerName);
        return variables;
    }
}
