/**
 * Residual networks. Start at {@link dev.resnet4j.model.resnet.ResNet50}, the tutorial's network and the identity and the
 * convolutional block that it is made of, or at {@link dev.resnet4j.model.resnet.ResNetFamily}, which builds all members by
 * their names.
 *
 * <p>An {@link dev.resnet4j.model.resnet.Architecture} says what a member is (its blocks, depths, groups and width); a
 * {@link dev.resnet4j.model.resnet.Form} whose layers and names it has. Each form has a builder:
 * {@link dev.resnet4j.model.resnet.TutorialResNet}, {@link dev.resnet4j.model.resnet.TorchvisionResNet},
 * {@link dev.resnet4j.model.resnet.KerasResNet} and, for small pictures, {@link dev.resnet4j.model.resnet.CifarResNet}.
 */
package dev.resnet4j.model.resnet;
