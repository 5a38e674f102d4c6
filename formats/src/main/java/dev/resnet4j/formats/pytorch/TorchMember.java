package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.resnet.Architecture;
import dev.resnet4j.model.resnet.BlockKind;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.resnet.TorchvisionResNet;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which residual network a state dict is of, told from a few of its arrays. Whether all others fit is found out
 * afterwards, array by array, so that what is told here need not be sure.
 */
final class TorchMember {
    private static final int IMAGENET_STAGES = 4;
    private static final int CIFAR_STAGES = 3;
    private static final int USUAL_CHANNELS = 3;
    private static final int MOST_NAMED = 8;

    /** The stage and the block that an array belongs to. */
    private static final Pattern BLOCK = Pattern.compile("layer([1-9])\\.(\\d{1,9})\\..+");

    private final Map<String, Tensor> tensors;
    private final List<Integer> depths;

    private TorchMember(Map<String, Tensor> tensors) {
        this.tensors = tensors;
        this.depths = depths();
    }

    /** @throws FormatException if no residual network has arrays like these */
    static TorchMember of(StateDict stateDict) {
        TorchMember member = new TorchMember(stateDict.tensors());
        member.refuseDeepStems();
        return member;
    }

    private List<Integer> depths() {
        SortedMap<String, Set<String>> blocksByStage = new TreeMap<>();
        for (String name : tensors.keySet()) {
            Matcher matcher = BLOCK.matcher(name);
            if (matcher.matches()) {
                blocksByStage
                        .computeIfAbsent(matcher.group(1), any -> new HashSet<>())
                        .add(matcher.group(2));
            }
        }
        int stages = blocksByStage.size();
        boolean complete = stages > 0 && blocksByStage.lastKey().equals(String.valueOf(stages));
        if (!complete || (stages != IMAGENET_STAGES && stages != CIFAR_STAGES)) {
            throw new FormatException(
                    "state dict",
                    "its arrays are not those of a residual network, which has the stages layer1 to layer4, or to layer3"
                            + " for CIFAR; they are " + someNames(),
                    "give a ResNet of torchvision, timm or for CIFAR");
        }
        List<Integer> found = new ArrayList<>();
        blocksByStage.values().forEach(blocks -> found.add(blocks.size()));
        return found;
    }

    private String someNames() {
        List<String> some = tensors.keySet().stream().limit(MOST_NAMED).toList();
        int more = tensors.size() - some.size();
        return some + (more > 0 ? " and " + more + " more" : "");
    }

    private void refuseDeepStems() {
        boolean deepStem = tensors.containsKey("conv1.0.weight");
        boolean pooledShortcut = tensors.keySet().stream().anyMatch(name -> name.contains(".downsample.2."));
        if (deepStem || pooledShortcut) {
            throw new FormatException(
                    "state dict",
                    "it is a ResNet with " + (deepStem ? "three convolutions at its start" : "pooled shortcuts")
                            + ", as timm's resnet50d or resnet50s, which resnet4j does not have",
                    "give one without d, s, t or c in its name");
        }
    }

    private boolean isForCifar() {
        return depths.size() == CIFAR_STAGES;
    }

    /** The pictures that published weights were trained on. */
    Size2D usualInput() {
        Shape usual = isForCifar() ? CifarResNet.USUAL_INPUT : TorchvisionResNet.USUAL_INPUT;
        return new Size2D(usual.height(), usual.width());
    }

    /** @throws FormatException if there is no such network, or it cannot take such pictures */
    Network network(Size2D pictures) {
        try {
            return isForCifar() ? cifar(pictures) : imagenet(pictures);
        } catch (InvalidNetworkException e) {
            throw new FormatException(
                    "state dict", "no network can be built of it: " + e.getMessage(), "give another size, or file", e);
        }
    }

    private Network cifar(Size2D pictures) {
        boolean convolved = tensors.keySet().stream().anyMatch(name -> name.contains(".shortcut."));
        CifarResNet.Shortcut shortcut = convolved ? CifarResNet.Shortcut.OPTION_B : CifarResNet.Shortcut.OPTION_A;
        return CifarResNet.build(depths.get(0), shortcut, options(pictures, "linear"));
    }

    private Network imagenet(Size2D pictures) {
        return TorchvisionResNet.build(architecture(), options(pictures, "fc"));
    }

    private Architecture architecture() {
        boolean squeezeExcitation = tensors.keySet().stream().anyMatch(name -> name.contains(".se.fc"));
        if (!tensors.containsKey("layer1.0.conv3.weight")) {
            return named(new Architecture("resnet", BlockKind.BASIC, depths, 1, 64, squeezeExcitation));
        }
        int width = dimension("layer1.0.conv1.weight", 0, 64);
        int groupWidth = dimension("layer1.0.conv2.weight", 1, 64);
        int groups = width % groupWidth == 0 ? width / groupWidth : 1;
        return named(new Architecture("resnet", BlockKind.BOTTLENECK, depths, groups, groupWidth, squeezeExcitation));
    }

    /** Under the field's name where it has one. */
    private static Architecture named(Architecture found) {
        return Architecture.known().stream()
                .filter(known -> known.equals(new Architecture(
                        known.name(),
                        found.block(),
                        found.depths(),
                        found.groups(),
                        found.groupWidth(),
                        found.squeezeExcitation())))
                .findFirst()
                .orElse(found);
    }

    private ResNetOptions options(Size2D pictures, String classifier) {
        int channels = dimension("conv1.weight", 1, USUAL_CHANNELS);
        int classes = dimension(classifier + ".weight", 0, 1);
        // The seed is of no account: all kernels get their numbers from the arrays.
        ResNetOptions options =
                new ResNetOptions(Shape.of(pictures.height(), pictures.width(), channels), classes).withSeed(0);
        boolean classifies = tensors.containsKey(classifier + ".weight") || tensors.containsKey(classifier + ".bias");
        return classifies ? options : options.withoutTop(Pooling.AVERAGE);
    }

    private int dimension(String name, int axis, int otherwise) {
        Tensor tensor = tensors.get(name);
        return tensor != null && tensor.shape().rank() > axis ? tensor.shape().dimension(axis) : otherwise;
    }
}
