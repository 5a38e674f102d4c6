package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All built-in residual networks by the names that the field gives them: {@code resnet50}, {@code resnet50v2},
 * {@code wide_resnet50_2}, {@code resnext50_32x4d}, {@code seresnet50}, and {@code resnet20} to {@code resnet110} for CIFAR.
 */
public final class ResNetFamily {
    private static final List<Integer> CIFAR_BLOCKS = List.of(3, 5, 7, 9, 18);

    private static final Map<String, Map<Form, Function<ResNetOptions, Network>>> MEMBERS = members();

    private ResNetFamily() {}

    private static Map<String, Map<Form, Function<ResNetOptions, Network>>> members() {
        Map<String, Map<Form, Function<ResNetOptions, Network>>> members = new LinkedHashMap<>();
        for (Architecture architecture : Architecture.known()) {
            Map<Form, Function<ResNetOptions, Network>> forms = formsOf(members, architecture.name());
            forms.put(Form.TORCHVISION, options -> TorchvisionResNet.build(architecture, options));
            if (architecture.isPlain()) {
                forms.put(Form.TUTORIAL, options -> TutorialResNet.build(architecture, options));
            }
            if (architecture.isPlain() && architecture.block() == BlockKind.BOTTLENECK) {
                forms.put(Form.KERAS, options -> KerasResNet.build(architecture, KerasResNet.Version.V1, options));
                formsOf(members, architecture.name() + "v2")
                        .put(Form.KERAS, options -> KerasResNet.build(architecture, KerasResNet.Version.V2, options));
            }
        }
        for (int blocks : CIFAR_BLOCKS) {
            Map<Form, Function<ResNetOptions, Network>> forms = formsOf(members, CifarResNet.name(blocks));
            forms.put(Form.OPTION_A, options -> CifarResNet.build(blocks, CifarResNet.Shortcut.OPTION_A, options));
            forms.put(Form.OPTION_B, options -> CifarResNet.build(blocks, CifarResNet.Shortcut.OPTION_B, options));
        }
        return members;
    }

    private static Map<Form, Function<ResNetOptions, Network>> formsOf(
            Map<String, Map<Form, Function<ResNetOptions, Network>>> members, String name) {
        return members.computeIfAbsent(name, any -> new EnumMap<>(Form.class));
    }

    /** The names of all members. */
    public static List<String> names() {
        return List.copyOf(MEMBERS.keySet());
    }

    /**
     * The forms that a member comes in. The first is the one that it has unless another is asked for: the tutorial's where
     * there is one.
     *
     * @throws InvalidNetworkException if there is no such member
     */
    public static List<Form> forms(String name) {
        return new ArrayList<>(builders(name).keySet());
    }

    /**
     * A member in its first form.
     *
     * @throws InvalidNetworkException if there is no such member, or the options cannot work
     */
    public static Network build(String name, ResNetOptions options) {
        return build(name, forms(name).get(0), options);
    }

    /**
     * A member in the form that is asked for.
     *
     * @throws InvalidNetworkException if there is no such member, it does not come in this form, or the options cannot work
     */
    public static Network build(String name, Form form, ResNetOptions options) {
        Function<ResNetOptions, Network> builder = builders(name).get(form);
        if (builder == null) {
            throw new InvalidNetworkException("'" + name + "' does not come in the form '" + form.word() + "' but in "
                    + forms(name).stream().map(Form::word).toList());
        }
        return builder.apply(options);
    }

    private static Map<Form, Function<ResNetOptions, Network>> builders(String name) {
        Map<Form, Function<ResNetOptions, Network>> builders = MEMBERS.get(name);
        if (builders == null) {
            throw new InvalidNetworkException(
                    "there is no built-in network named '" + name + "': take one of " + String.join(", ", names()));
        }
        return builders;
    }
}
