package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Mutation;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged architectures are read or refused, and nothing else happens. */
class DamagedJsonTest {
    private static final int VARIANTS = Integer.getInteger("resnet4j.mutations", 1000);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonNode[] VALUES = {
        NODES.nullNode(),
        NODES.numberNode(0),
        NODES.numberNode(-1),
        NODES.numberNode(Integer.MAX_VALUE),
        NODES.numberNode(1e300),
        NODES.textNode(""),
        NODES.textNode("channels_first"),
        NODES.booleanNode(false),
        NODES.arrayNode(),
        NODES.arrayNode().add(1).add(-3),
        NODES.objectNode()
    };

    private static String everything(boolean keras3) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(24, 20, 4));
        Network inside = EveryKind.network().withName("inside");
        SymbolicTensor once = inside.apply(input);
        Network network = Network.of("outside", input, once);
        return keras3 ? ModelJson.writeKeras3(network) : ModelJson.writeKeras2(network);
    }

    @Test
    void survivesDamagedText() {
        for (boolean keras3 : new boolean[] {false, true}) {
            byte[] whole = everything(keras3).getBytes(StandardCharsets.UTF_8);
            int refused = assertTimeoutPreemptively(LIMIT, () -> {
                Random random = new Random(1);
                int count = 0;
                for (int variant = 0; variant < VARIANTS / 2; variant++) {
                    count += refuses(new String(Mutation.damage(whole, random), StandardCharsets.UTF_8));
                }
                return count;
            });
            assertThat(refused).isGreaterThan(VARIANTS / 8);
        }
    }

    @Test
    void survivesValuesOfAnyKindAnywhere() throws IOException {
        for (boolean keras3 : new boolean[] {false, true}) {
            JsonNode whole = new JsonMapper().readTree(everything(keras3));
            int refused = assertTimeoutPreemptively(LIMIT, () -> {
                Random random = new Random(2);
                int count = 0;
                for (int variant = 0; variant < VARIANTS / 2; variant++) {
                    JsonNode damaged = whole.deepCopy();
                    replaceOne(damaged, random);
                    count += refuses(damaged.toString());
                }
                return count;
            });
            assertThat(refused).isGreaterThan(VARIANTS / 10).isLessThan(VARIANTS / 2);
        }
    }

    /** Puts another value, or one from elsewhere in the tree, in the place of one. */
    private static void replaceOne(JsonNode tree, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = random.nextInt(4) == 0
                ? containers.get(random.nextInt(containers.size())).deepCopy()
                : VALUES[random.nextInt(VALUES.length)];
        int place = random.nextInt(container.size());
        if (container instanceof ArrayNode array) {
            array.set(place, value);
        } else {
            List<String> names = new ArrayList<>();
            container.fieldNames().forEachRemaining(names::add);
            ((ObjectNode) container).set(names.get(place), value);
        }
    }

    private static void collect(JsonNode json, List<JsonNode> containers) {
        if (!json.isEmpty()) {
            containers.add(json);
            json.forEach(child -> collect(child, containers));
        }
    }

    private static int refuses(String json) {
        try {
            ModelJson.read(json);
            return 0;
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return 1;
        }
    }
}
