package dev.resnet4j.cli;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.resnet.TorchvisionResNet;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A network that the command line knows by name: {@code resnet50}, or with its form {@code resnet50:torchvision}.
 *
 * @param member its name in the family
 * @param form whose layers and names it has
 */
record BuiltInNetwork(String member, Form form) {
    /** For the help texts. */
    static final String NAMES = "resnet18, resnet34, resnet50, resnet101, resnet152 (each :tutorial, :torchvision or"
            + " :keras), resnet50v2, resnet101v2, resnet152v2, wide_resnet50_2, wide_resnet101_2, resnext50_32x4d,"
            + " resnext101_32x8d, seresnet50, and for CIFAR resnet20, resnet32, resnet44, resnet56, resnet110 (:option-a"
            + " or :option-b)";

    /** An option's word. */
    static final class Converter implements ITypeConverter<BuiltInNetwork> {
        @Override
        public BuiltInNetwork convert(String text) {
            return named(text)
                    .orElseThrow(() -> new TypeConversionException("there is no built-in network '" + text
                            + "': take one of " + String.join(", ", ResNetFamily.names())
                            + ", where there are several forms as NAME:FORM"));
        }
    }

    /** The network of a name, in any letter case, if there is one. */
    static Optional<BuiltInNetwork> named(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(":", 2);
        if (!ResNetFamily.names().contains(parts[0])) {
            return Optional.empty();
        }
        List<Form> forms = ResNetFamily.forms(parts[0]);
        if (parts.length == 1) {
            return Optional.of(new BuiltInNetwork(parts[0], forms.get(0)));
        }
        Form form = Arrays.stream(Form.values())
                .filter(forms::contains)
                .filter(candidate -> candidate.word().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + parts[0] + "' does not come in the form '"
                        + parts[1] + "' but in "
                        + forms.stream().map(Form::word).collect(Collectors.joining(", "))));
        return Optional.of(new BuiltInNetwork(parts[0], form));
    }

    @JsonCreator
    static BuiltInNetwork parse(String text) {
        return named(text).orElseThrow(() -> new IllegalArgumentException("no built-in network is named " + text));
    }

    /**
     * Builds the network.
     *
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if the network cannot take such pictures
     */
    Network build(ResNetOptions options) {
        return ResNetFamily.build(member, form, options);
    }

    /** The pictures that the network is known for: CIFAR's or ImageNet's. */
    Shape usualInput() {
        return isForCifar() ? CifarResNet.USUAL_INPUT : TorchvisionResNet.USUAL_INPUT;
    }

    /** The classes of those pictures. */
    int usualClasses() {
        return isForCifar() ? 10 : 1000;
    }

    /** Whether it is one for pictures of 32x32. */
    boolean isForCifar() {
        return switch (form) {
            case OPTION_A, OPTION_B -> true;
            case TUTORIAL, TORCHVISION, KERAS -> false;
        };
    }

    /** The word of the command line, without the form where it is the usual one. */
    @JsonValue
    @Override
    public String toString() {
        return form == ResNetFamily.forms(member).get(0) ? member : member + ":" + form.word();
    }
}
