package dev.resnet4j.cli;

import java.util.List;

/** The gradients' norms as a table for other programs: a line for each kernel in each step. */
final class GradientsCsv {
    private static final String HEADER = "network,step,layer,depth,gradient_norm,weight_norm";

    private GradientsCsv() {}

    static String of(List<GradientTrace> traces) {
        StringBuilder table = new StringBuilder(HEADER).append('\n');
        for (GradientTrace trace : traces) {
            for (GradientTrace.Entry entry : trace.entries()) {
                table.append(CsvField.of(trace.network().name()))
                        .append(',')
                        .append(entry.step())
                        .append(',')
                        .append(CsvField.of(entry.weight().layer()))
                        .append(',')
                        .append(entry.depth())
                        .append(',')
                        .append((float) entry.gradientNorm())
                        .append(',')
                        .append((float) entry.weightNorm())
                        .append('\n');
            }
        }
        return table.toString();
    }
}
