package dev.resnet4j.model.resnet;

import java.util.Locale;

/** Whose layers, names and details a network has. Their weights do not fit into one another's. */
public enum Form {
    /** The tutorial's and the authors' Caffe models': {@link TutorialResNet}. */
    TUTORIAL,
    /** torchvision's and timm's: {@link TorchvisionResNet}. */
    TORCHVISION,
    /** keras.applications': {@link KerasResNet}. */
    KERAS,
    /** For CIFAR, with shortcuts without weights: {@link CifarResNet.Shortcut#OPTION_A}. */
    OPTION_A,
    /** For CIFAR, with 1x1 convolutions as shortcuts: {@link CifarResNet.Shortcut#OPTION_B}. */
    OPTION_B;

    /** The form's word on a command line: {@code torchvision}, {@code option-a}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
