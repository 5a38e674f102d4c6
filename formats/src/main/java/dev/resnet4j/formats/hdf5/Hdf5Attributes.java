package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.FormatException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.StringData.PaddingType;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes of a group or an array. Texts are taken as UTF-8 even where they are declared as ASCII, since Keras
 * hands h5py its names and configurations as bytes of UTF-8.
 */
public final class Hdf5Attributes {
    private static final int REFERENCE_BYTES = 16;

    private final Hdf5File file;
    private final Node node;
    private final String path;

    Hdf5Attributes(Hdf5File file, Node node, String path) {
        this.file = file;
        this.node = node;
        this.path = path;
    }

    /** All names, sorted. */
    public Set<String> names() {
        return new TreeSet<>(attributes().keySet());
    }

    /**
     * A single text, of fixed or variable length.
     *
     * @return empty if there is no such attribute
     * @throws FormatException if it is damaged, or not a single text
     */
    public Optional<String> string(String name) {
        return attribute(name).map(attribute -> {
            List<String> texts = texts(name, attribute);
            if (texts.size() != 1) {
                throw wrong(name, "it is not a single text");
            }
            return texts.get(0);
        });
    }

    /**
     * An array of texts, of fixed or variable length. What Keras split for its size, {@code weight_names0},
     * {@code weight_names1} and so on, is put together again. NumPy makes no texts into no numbers, so they pass.
     *
     * @return empty if there is no such attribute
     * @throws FormatException if it is damaged, or not of texts
     */
    public Optional<List<String>> strings(String name) {
        Optional<Attribute> whole = attribute(name);
        if (whole.isPresent()) {
            return Optional.of(texts(name, whole.get()));
        }
        List<String> texts = new ArrayList<>();
        int part = 0;
        for (Optional<Attribute> next = attribute(name + 0); next.isPresent(); next = attribute(name + part)) {
            texts.addAll(texts(name + part, next.get()));
            part++;
        }
        return part == 0 ? Optional.empty() : Optional.of(texts);
    }

    /**
     * A single number.
     *
     * @return empty if there is no such attribute
     * @throws FormatException if it is damaged, or not a single number
     */
    public Optional<Number> number(String name) {
        return attribute(name).map(attribute -> {
            boolean numeric =
                    attribute.getDataType() instanceof FixedPoint || attribute.getDataType() instanceof FloatingPoint;
            if (!numeric || !attribute.isScalar()) {
                throw wrong(name, "it is not a single number");
            }
            return (Number) Hdf5File.guarded(place(name), attribute::getData);
        });
    }

    private Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes().get(name));
    }

    private Map<String, Attribute> attributes() {
        return Hdf5File.guarded(file.place(path), node::getAttributes);
    }

    private List<String> texts(String name, Attribute attribute) {
        return Hdf5File.guarded(place(name), () -> {
            ByteBuffer values = attribute.getBuffer();
            if (attribute.getSize() == 0 || values == null) {
                return List.of();
            }
            return texts(name, attribute.getDataType(), values.slice().order(ByteOrder.LITTLE_ENDIAN));
        });
    }

    private List<String> texts(String name, DataType type, ByteBuffer values) {
        List<String> texts = new ArrayList<>();
        if (type instanceof StringData fixed) {
            while (values.hasRemaining()) {
                byte[] padded = new byte[fixed.getSize()];
                values.get(padded);
                texts.add(unpadded(padded, fixed.getPaddingType()));
            }
        } else if (type instanceof VariableLength variable
                && variable.isVariableLengthString()
                && type.getSize() == REFERENCE_BYTES) {
            while (values.hasRemaining()) {
                texts.add(file.heaps().text(values));
            }
        } else {
            throw wrong(name, "it is not of texts");
        }
        return texts;
    }

    private static String unpadded(byte[] padded, PaddingType padding) {
        int length = 0;
        if (padding == PaddingType.NULL_TERMINATED) {
            while (length < padded.length && padded[length] != 0) {
                length++;
            }
        } else {
            length = padded.length;
            while (length > 0 && padded[length - 1] == (padding == PaddingType.SPACE_PADDED ? ' ' : 0)) {
                length--;
            }
        }
        return new String(padded, 0, length, StandardCharsets.UTF_8);
    }

    private String place(String name) {
        return file.place(path) + "@" + name;
    }

    private FormatException wrong(String name, String reason) {
        return new FormatException(place(name), reason, "give a file that Keras or resnet4j saved");
    }
}
