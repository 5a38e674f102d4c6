package dev.resnet4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import picocli.CommandLine.ExitCode;

/**
 * One run for each of several seeds, one after another, and what they came to together: a single run says little of a
 * recipe on few pictures.
 */
final class SeveralSeeds {
    private final RunSettings settings;
    private final List<Long> seeds;
    private final SeedsFolder folder;
    private final Console console;

    /**
     * Nothing happens before {@link #run}.
     *
     * @param settings of all runs; the first run's seed is theirs, the others have the numbers after it
     * @param count how many runs
     * @param folder for a folder of each run; those that are in it are gone on with
     * @param console for its words
     */
    SeveralSeeds(RunSettings settings, int count, SeedsFolder folder, Console console) {
        this.settings = settings;
        this.seeds = LongStream.range(0, count)
                .map(number -> settings.seed() + number)
                .boxed()
                .toList();
        this.folder = folder;
        this.console = console;
    }

    /**
     * Trains them all.
     *
     * @return the exit status: 0, or that of the signal that stopped a run
     */
    int run(List<String> commandLine) {
        folder.create();
        folder.writeRecord(new SeedsFolder.SeedsRecord(settings, seeds.size()));
        List<TrainingResult> results = new ArrayList<>();
        for (long seed : seeds) {
            console.print(heading(seed));
            TrainingResult result = train(seed, commandLine);
            if (!result.isFinished()) {
                tellHowToGoOn();
                return result.exitStatus();
            }
            results.add(result);
            console.print("");
        }
        SeedsResult together = SeedsResult.of(folder, results);
        folder.writeResult(together);
        print(together);
        console.printResult(together);
        return ExitCode.OK;
    }

    private String heading(long seed) {
        return String.format(Locale.ROOT, "Seed %d (%d of %d)", seed, seeds.indexOf(seed) + 1, seeds.size());
    }

    private TrainingResult train(long seed, List<String> commandLine) {
        RunFolder run = folder.run(seed);
        RunRecord record = run.isFree()
                ? new RunRecord(settings.withSeed(seed))
                : run.readRecord().withSettings(settings.withSeed(seed));
        return new Training(record, run, console).run(commandLine);
    }

    private void tellHowToGoOn() {
        console.note("or with this run and the seeds after it: "
                + Console.commandLine(
                        "train", "--resume", "--out", folder.path().toString()));
    }

    private void print(SeedsResult together) {
        console.print("  seed      loss  accuracy     time");
        for (SeedsResult.Run run : together.runs()) {
            console.print(String.format(
                    Locale.ROOT,
                    "%6d  %8.4f  %8.4f  %7s",
                    run.seed(),
                    run.loss(),
                    run.accuracy(),
                    EpochText.duration(run.seconds())));
        }
        SeedsResult.Spread accuracy = together.accuracy();
        console.print(String.format(
                Locale.ROOT,
                "Test Accuracy of %d seeds: mean %.4f, median %.4f, minimum %.4f, maximum %.4f, standard deviation %.4f",
                together.runs().size(),
                accuracy.mean(),
                accuracy.median(),
                accuracy.minimum(),
                accuracy.maximum(),
                accuracy.standardDeviation()));
        console.print("Each run's files are in a folder of " + folder.path());
    }
}
