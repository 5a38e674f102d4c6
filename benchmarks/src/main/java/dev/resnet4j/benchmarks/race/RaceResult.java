package dev.resnet4j.benchmarks.race;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures a second of each round.
 *
 * @param speeds the rounds of each entrant that took part, in their order; the same number for each
 */
record RaceResult(Map<Entrant, List<Double>> speeds) {
    boolean has(Entrant entrant) {
        return speeds.containsKey(entrant);
    }

    Figures speed(Entrant entrant) {
        return new Figures(speeds.get(entrant));
    }

    /** The quotients of two entrants' speeds in each round: what slowed the machine in a round slowed both. */
    Figures ratio(Entrant upper, Entrant lower) {
        List<Double> above = speeds.get(upper);
        List<Double> below = speeds.get(lower);
        return new Figures(IntStream.range(0, above.size())
                .mapToObj(round -> above.get(round) / below.get(round))
                .toList());
    }

    /** The peer with the largest median. */
    Optional<Entrant> fastestPeer() {
        return speeds.keySet().stream()
                .filter(Entrant::isPeer)
                .max(Comparator.comparingDouble(peer -> speed(peer).median()));
    }
}
