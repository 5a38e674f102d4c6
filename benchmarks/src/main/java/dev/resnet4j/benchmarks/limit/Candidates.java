package dev.resnet4j.benchmarks.limit;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.memory;

/** Tries each convolution with its feature maps in several orders in memory: oneDNN's own choice is not always its fastest. */
final class Candidates {
    /** oneDNN's own choice, and the channels last. */
    private static final List<memory.format_tag> LAYOUTS = List.of(memory.format_tag.any, memory.format_tag.acdb);

    private static final int TRIALS = 4;

    private final Turn turn;
    private final FeatureMaps maps;
    /** Shapes come again and again in the network. */
    private final Map<Kind, memory.format_tag> known = new HashMap<>();

    private record Kind(ConvolutionShape shape, Direction direction) {}

    Candidates(Turn turn, FeatureMaps maps) {
        this.turn = turn;
        this.maps = maps;
    }

    /** With kernels of its own. */
    Call fastest(ConvolutionShape shape, Direction direction) {
        return call(known.computeIfAbsent(new Kind(shape, direction), this::tried), new Kind(shape, direction));
    }

    private memory.format_tag tried(Kind kind) {
        Map<memory.format_tag, Call> calls =
                LAYOUTS.stream().collect(Collectors.toMap(layout -> layout, layout -> call(layout, kind)));
        Map<memory.format_tag, Long> shortest = new HashMap<>();
        // In turn: what slows the machine for a moment is not to decide.
        for (int trial = 0; trial < TRIALS; trial++) {
            calls.forEach((layout, call) -> shortest.merge(layout, nanoseconds(call), Math::min));
        }
        calls.values().forEach(Call::close);
        return LAYOUTS.stream()
                .min((first, second) -> Long.compare(shortest.get(first), shortest.get(second)))
                .orElseThrow();
    }

    private Call call(memory.format_tag layout, Kind kind) {
        return new ConvolutionPrimitives(kind.shape(), turn, layout).call(kind.direction(), maps);
    }

    private static long nanoseconds(Call call) {
        long start = System.nanoTime();
        call.run();
        return System.nanoTime() - start;
    }
}
