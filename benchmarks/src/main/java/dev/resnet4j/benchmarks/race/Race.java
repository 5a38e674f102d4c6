package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.LeftOutException;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rounds in which each entrant has its turn: A B C A B C, since a shared machine's speed drifts.
 *
 * @param entrants in the order of a round
 * @param processes start them
 * @param out is told of each turn
 */
record Race(List<Entrant> entrants, TurnProcess processes, PrintStream out) {
    /** An entrant that comes to no result in a round is left out of the whole race. */
    RaceResult run(Turn turn, int rounds) throws IOException, InterruptedException {
        Map<Entrant, List<Double>> speeds = new LinkedHashMap<>();
        entrants.forEach(entrant -> speeds.put(entrant, new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            out.print("round " + round + ":");
            List<String> leftOut = new ArrayList<>();
            for (Entrant entrant : List.copyOf(speeds.keySet())) {
                try {
                    double speed = processes.picturesPerSecond(entrant, turn);
                    speeds.get(entrant).add(speed);
                    out.printf(Locale.ROOT, " %s %.1f", entrant, speed);
                } catch (LeftOutException reason) {
                    speeds.remove(entrant);
                    leftOut.add(entrant + " is left out: " + reason.getMessage());
                }
                out.flush();
            }
            out.println();
            leftOut.forEach(out::println);
        }
        return new RaceResult(speeds);
    }
}
