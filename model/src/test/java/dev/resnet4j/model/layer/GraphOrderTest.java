package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphOrderTest {
    private final SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 2));

    @Test
    void listsADiamondsShorterPathByItsDistanceFromTheOutput() {
        SymbolicTensor start = step("start", input);
        SymbolicTensor longPath = step("long3", step("long2", step("long1", start)));
        SymbolicTensor shortPath = step("short", start);
        SymbolicTensor output = new Merge("sum", Merge.Operation.ADD).apply(longPath, shortPath);

        assertThat(names(output)).containsExactly("input_layer", "start", "long1", "long2", "long3", "short", "sum");
    }

    @Test
    void listsTheFirstInputFirstWithinOneDistance() {
        SymbolicTensor start = step("start", input);
        SymbolicTensor shortPath = step("short", start);
        SymbolicTensor longPath = step("long2", step("long1", start));
        SymbolicTensor output = new Merge("sum", Merge.Operation.ADD).apply(shortPath, longPath);

        assertThat(names(output)).containsExactly("input_layer", "start", "long1", "short", "long2", "sum");
    }

    @Test
    void keepsTheIdentityShortcutOfAChainOfDiamondsInPlace() {
        SymbolicTensor x = input;
        for (int block = 1; block <= 2; block++) {
            x = new Merge("sum" + block, Merge.Operation.ADD).apply(step("main" + block, x), x);
        }

        assertThat(names(x)).containsExactly("input_layer", "main1", "sum1", "main2", "sum2");
        assertThat(Network.of("n", input, x).node("sum2").inputs()).containsExactly("main2", "sum1");
    }

    @Test
    void takesATensorTwice() {
        SymbolicTensor x = step("x", input);

        assertThat(Network.of("n", input, new Merge("sum", Merge.Operation.ADD).apply(x, x))
                        .node("sum")
                        .inputs())
                .containsExactly("x", "x");
    }

    @Test
    void leavesOutWhatTheOutputDoesNotNeed() {
        SymbolicTensor x = step("x", input);
        step("deadEnd", x);

        assertThat(names(x)).containsExactly("input_layer", "x");
    }

    @Test
    void numbersUnnamedLayersInTheOrderInWhichTheyAreMade() {
        SymbolicTensor longPath = relu(relu(input));
        SymbolicTensor output = Merge.add().apply(longPath, relu(input));

        assertThat(names(output)).containsExactly("input_layer", "activation", "activation_1", "activation_2", "add");
    }

    @Test
    void refusesToStartAtALayerThatIsNoInput() {
        SymbolicTensor x = step("x", input);

        assertThatThrownBy(() -> Network.of("n", x, step("y", x)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("starts at an input", "Activation");
    }

    @Test
    void refusesASecondInput() {
        SymbolicTensor second = SymbolicTensor.input(Shape.of(4, 4, 2));
        SymbolicTensor sum = Merge.add().apply(input, second);

        assertThatThrownBy(() -> Network.of("n", input, sum))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("a second input", "(4, 4, 2)");
    }

    private List<String> names(SymbolicTensor output) {
        return Network.of("n", input, output).nodes().stream().map(Node::name).toList();
    }

    private static SymbolicTensor step(String name, SymbolicTensor x) {
        return new Activation(name, ActivationFunction.RELU).apply(x);
    }

    private static SymbolicTensor relu(SymbolicTensor x) {
        return new Activation(ActivationFunction.RELU).apply(x);
    }
}
