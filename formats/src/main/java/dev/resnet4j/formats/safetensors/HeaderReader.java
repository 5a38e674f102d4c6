package dev.resnet4j.formats.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.ElementType;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON header and holds it to the format's rules: every byte after it belongs to exactly one tensor. */
final class HeaderReader {
    static final String METADATA = "__metadata__";

    private static final int MOST_AXES = 32;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long dataSize;
    private final List<String> unsupported = new ArrayList<>();

    private HeaderReader(long dataSize) {
        this.dataSize = dataSize;
    }

    /**
     * The tensors in the header's order.
     *
     * @param header UTF-8 text
     * @param dataSize how many bytes follow the header
     * @throws FormatException if the header is damaged, or a tensor cannot be read; all such tensors are named
     */
    static List<StoredTensor> read(byte[] header, long dataSize) {
        HeaderReader reader = new HeaderReader(dataSize);
        List<StoredTensor> tensors = reader.read(Json.parse("header", header));
        if (!reader.unsupported.isEmpty()) {
            throw new FormatException(
                    "header",
                    String.join(", ", reader.unsupported),
                    "save tensors of F32, F16, BF16, F64 or I64 that are not empty");
        }
        requireEveryByteOnce(tensors, dataSize);
        return tensors;
    }

    private List<StoredTensor> read(JsonNode header) {
        List<StoredTensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(METADATA)) {
                requireTexts(entry.getValue());
            } else {
                tensor(entry.getKey(), entry.getValue()).ifPresent(tensors::add);
            }
        }
        return tensors;
    }

    private static void requireTexts(JsonNode metadata) {
        boolean texts = metadata.isObject()
                && metadata.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual());
        if (!texts) {
            throw new FormatException(METADATA, "it is not an object of texts", Advice.SAVE_AGAIN);
        }
    }

    /** A tensor, or nothing where it is of a kind that is not read and has been noted. */
    private Optional<StoredTensor> tensor(String name, JsonNode info) {
        JsonNode dtype = info.path("dtype");
        JsonNode shape = info.path("shape");
        JsonNode offsets = info.path("data_offsets");
        boolean whole = dtype.isTextual()
                && isArrayOfSizes(shape)
                && shape.size() <= MOST_AXES
                && isArrayOfSizes(offsets)
                && offsets.size() == 2;
        if (!whole) {
            throw damaged(name, "it has no dtype, shape and data_offsets as the format wants them");
        }
        Optional<ElementType> type = SafetensorsType.find(dtype.textValue());
        if (type.isEmpty()) {
            unsupported.add("'" + name + "' holds " + dtype.textValue());
            return Optional.empty();
        }
        if (sizes(shape).contains(0L)) {
            unsupported.add("'" + name + "' is empty, of shape " + shape);
            return Optional.empty();
        }
        return Optional.of(stored(
                name,
                type.get(),
                sizes(shape),
                offsets.get(0).longValue(),
                offsets.get(1).longValue()));
    }

    private static boolean isArrayOfSizes(JsonNode node) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode size : node) {
            if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> sizes(JsonNode shape) {
        List<Long> sizes = new ArrayList<>();
        shape.forEach(size -> sizes.add(size.longValue()));
        return sizes;
    }

    private StoredTensor stored(String name, ElementType type, List<Long> sizes, long begin, long end) {
        if (begin > end || end > dataSize) {
            throw damaged(
                    name, "its bytes " + begin + " to " + end + " do not lie inside the " + dataSize + " of the file");
        }
        long bytes = type.bytes();
        for (long size : sizes) {
            bytes = size > LONGEST_ARRAY / bytes ? Long.MAX_VALUE : bytes * size;
            if (bytes > LONGEST_ARRAY) {
                throw damaged(name, "its shape " + sizes + " takes more than 2 GiB, the most that is read");
            }
        }
        if (bytes != end - begin) {
            throw damaged(
                    name, "its shape " + sizes + " takes " + bytes + " bytes, but " + (end - begin) + " are announced");
        }
        Shape shape = new Shape(sizes.stream().map(Math::toIntExact).toList());
        return new StoredTensor(name, type, shape, begin, end);
    }

    private static void requireEveryByteOnce(List<StoredTensor> tensors, long dataSize) {
        long reached = 0;
        for (StoredTensor tensor : tensors.stream()
                .sorted(Comparator.comparingLong(StoredTensor::begin))
                .toList()) {
            if (tensor.begin() != reached) {
                throw damaged(
                        tensor.name(),
                        tensor.begin() < reached
                                ? "its bytes, from " + tensor.begin() + " on, belong to another tensor too"
                                : "before its bytes, " + reached + " to " + tensor.begin() + " belong to no tensor");
            }
            reached = tensor.end();
        }
        if (reached != dataSize) {
            throw new FormatException(
                    "data",
                    "the tensors take " + reached + " bytes, but " + dataSize + " follow the header",
                    Advice.SAVE_AGAIN);
        }
    }

    private static FormatException damaged(String tensor, String reason) {
        return new FormatException("tensor '" + tensor + "'", reason, Advice.SAVE_AGAIN);
    }
}
