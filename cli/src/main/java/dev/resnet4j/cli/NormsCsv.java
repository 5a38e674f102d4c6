package dev.resnet4j.cli;

import dev.resnet4j.engine.NormListener;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.training.WeightNorms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A table of the norms of a run's kernels and their gradients that grows with each step. A run that goes on keeps the
 * steps before its first one; those that it does again are left out.
 */
final class NormsCsv implements NormListener {
    private static final String HEADER = "step,layer,weight,gradient_norm,weight_norm\n";

    private final Path file;
    private boolean begun;

    /** @param file to write, or to go on with */
    NormsCsv(Path file) {
        this.file = file;
    }

    @Override
    public void onNorms(long step, List<WeightNorms> norms) {
        try {
            if (!begun) {
                keepStepsBefore(step);
                begun = true;
            }
            Files.writeString(file, rows(step, norms), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw OutputFile.cannotWrite(file, e);
        }
    }

    private static String rows(long step, List<WeightNorms> norms) {
        StringBuilder rows = new StringBuilder();
        for (WeightNorms each : norms) {
            if (each.weight().isKernel()) {
                rows.append(step).append(',').append(CsvField.of(each.weight().layer()));
                rows.append(',').append(each.weight().weight()).append(',');
                rows.append((float) each.gradientNorm()).append(',').append((float) each.weightNorm());
                rows.append('\n');
            }
        }
        return rows.toString();
    }

    private void keepStepsBefore(long step) {
        OutputFile.write(file, beside -> {
            try (Writer writer = Files.newBufferedWriter(beside)) {
                writer.write(HEADER);
                if (Files.exists(file)) {
                    copyStepsBefore(step, writer);
                }
            }
        });
    }

    /** Steps stand in order, so that what a killed process left half-written comes after those to keep. */
    private void copyStepsBefore(long step, Writer writer) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.readLine();
            for (String row = reader.readLine(); row != null && isBefore(step, row); row = reader.readLine()) {
                writer.write(row + "\n");
            }
        }
    }

    private static boolean isBefore(long step, String row) {
        String number = row.substring(0, Math.max(0, row.indexOf(',')));
        return number.matches("\\d{1,18}") && Long.parseLong(number) < step;
    }
}
