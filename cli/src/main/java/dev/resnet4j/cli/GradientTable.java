package dev.resnet4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plain and a residual network's gradients came to, in words and a few numbers.
 *
 * @param plain at least one step
 * @param residual at least one step
 */
record GradientTable(GradientTrace plain, GradientTrace residual) {
    /**
     * A network's gradients at some depths.
     *
     * @param network its name
     * @param steps that it was trained
     * @param depths of the layers
     * @param start gradient norms in the first step
     * @param end mean gradient norms over the last fifth of the steps
     */
    record OfNetwork(String network, long steps, List<Integer> depths, List<Double> start, List<Double> end) {
        /** How long the first layer's gradient is at the end, where the last layer's is 1. */
        double firstToLast() {
            return end.get(0) / end.get(end.size() - 1);
        }
    }

    /** Both networks. */
    List<OfNetwork> networks() {
        return List.of(of(plain), of(residual));
    }

    private OfNetwork of(GradientTrace trace) {
        List<GradientTrace.Entry> chosen = plain.choice(GradientChart.LAYERS);
        return new OfNetwork(
                trace.network().name(),
                trace.steps(),
                chosen.stream().map(GradientTrace.Entry::depth).toList(),
                norms(chosen, kernel -> trace.atTheStart(kernel.weight())),
                norms(chosen, kernel -> trace.atTheEnd(kernel.weight())));
    }

    private static List<Double> norms(List<GradientTrace.Entry> kernels, ToDoubleFunction<GradientTrace.Entry> norm) {
        return kernels.stream().mapToDouble(norm).boxed().toList();
    }

    /** The numbers as a table for people, and what they say. */
    List<String> lines() {
        List<OfNetwork> networks = networks();
        int width = networks.stream()
                        .mapToInt(network -> network.network().length())
                        .max()
                        .orElseThrow()
                + 22;
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "gradient norm of layer",
                width,
                networks.get(0).depths().stream().map(String::valueOf)));
        for (OfNetwork network : networks) {
            lines.add(line(network.network() + ", step 1", width, texts(network.start())));
            lines.add(line(network.network() + ", last steps", width, texts(network.end())));
        }
        lines.add("");
        networks.forEach(network -> lines.add(sentence(network)));
        return lines;
    }

    private static String line(String name, int width, Stream<String> columns) {
        return name
                + " ".repeat(Math.max(0, width - name.length()))
                + columns.map(column -> String.format(Locale.ROOT, "%9s", column))
                        .collect(Collectors.joining());
    }

    private static Stream<String> texts(List<Double> norms) {
        return norms.stream().map(norm -> String.format(Locale.ROOT, "%.1e", norm));
    }

    private static String sentence(OfNetwork network) {
        return String.format(
                Locale.ROOT,
                "%s: the first layer's gradient ends up %.1e times as long as the last layer's",
                network.network(),
                network.firstToLast());
    }
}
