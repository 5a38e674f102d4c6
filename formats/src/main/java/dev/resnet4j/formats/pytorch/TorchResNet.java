package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.LongTensor;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Residual networks out of state dicts, and back: torchvision's and timm's ResNets, and those for CIFAR of akamaster's
 * pytorch_resnet_cifar10. A state dict holds numbers and no layers; which network they are of is told from their names
 * and shapes.
 */
public final class TorchResNet {
    /** What torchvision's weights, timm's and the CIFAR ones were trained with. */
    private static final TrainingFacts FACTS = new TrainingFacts("torch", List.of(), History.EMPTY, Map.of());

    private TorchResNet() {}

    /**
     * The network that the arrays are of, for pictures of the usual size (224x224; 32x32 where it is one for CIFAR), and
     * its weights. The network ends in a softmax, which PyTorch's leaves to the loss. Without the arrays of the last linear
     * layer it ends in the mean of each channel.
     *
     * @throws FormatException if the arrays are not those of one of these networks; all that are missing, superfluous or
     *     of another shape are named
     */
    public static SavedModel toModel(StateDict stateDict) {
        TorchMember member = TorchMember.of(stateDict);
        return toModel(stateDict, member, member.usualInput());
    }

    /**
     * The same for pictures of another size.
     *
     * @throws FormatException if the arrays are not those of one of these networks, or it cannot take such pictures
     */
    public static SavedModel toModel(StateDict stateDict, Size2D pictures) {
        return toModel(stateDict, TorchMember.of(stateDict), pictures);
    }

    private static SavedModel toModel(StateDict stateDict, TorchMember member, Size2D pictures) {
        Network network = member.network(pictures);
        List<TorchArray> expected = TorchArray.of(network);
        new ArrayProblems(expected, stateDict).throwIfAny(network.name());
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        for (TorchArray array : expected) {
            NdArray numbers = ((FloatTensor) stateDict.tensors().get(array.name())).array();
            arrays.put(array.weight(), array.toKeras(numbers));
        }
        return new SavedModel(network, new Weights(arrays), Optional.empty(), Optional.empty(), FACTS);
    }

    /**
     * The arrays that PyTorch's network of this kind loads: {@code torchvision.models.resnet50().load_state_dict(...)}. Each
     * batch normalisation has its {@code num_batches_tracked}, which is 0: it counts for nothing at a momentum of its own.
     *
     * @throws FormatException if the network is not torchvision's form of one, nor one for CIFAR
     */
    public static StateDict toStateDict(Network network, Weights weights) {
        weights.requireFit(network);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TorchArray array : TorchArray.of(network)) {
            NdArray numbers = weights.arrays().get(array.weight());
            tensors.put(array.name(), new FloatTensor(array.toTorch(numbers)));
            array.batchCounter().ifPresent(name -> tensors.put(name, new LongTensor(Shape.of(), new long[1])));
        }
        StateDict stateDict = new StateDict(tensors);
        requireReadable(stateDict, network);
        return stateDict;
    }

    /** What PyTorch has no network for must not be written as if it had one. */
    private static void requireReadable(StateDict stateDict, Network network) {
        Shape input = network.inputShape();
        if (input.rank() != 3) {
            throw notPyTorchs(network, "it takes no pictures");
        }
        try {
            Size2D pictures = new Size2D(input.height(), input.width());
            Network counterpart = TorchMember.of(stateDict).network(pictures);
            new ArrayProblems(TorchArray.of(counterpart), stateDict).throwIfAny(counterpart.name());
        } catch (FormatException e) {
            throw notPyTorchs(network, FormatException.reasonOf(e));
        }
    }

    private static FormatException notPyTorchs(Network network, String reason) {
        return new FormatException(
                "network '" + network.name() + "'",
                "PyTorch has no residual network of these layers (" + reason + ")",
                "build it in torchvision's form or as one for CIFAR, or save it in Keras's format");
    }
}
