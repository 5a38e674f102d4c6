package dev.resnet4j.cli;

import dev.resnet4j.engine.Precision;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The word for a precision to train in. */
final class TrainingPrecision implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
        return Stream.of(Precision.FP32, Precision.BF16)
                .filter(precision -> precision.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be fp32 or bf16, but was '" + text + "'"));
    }
}
