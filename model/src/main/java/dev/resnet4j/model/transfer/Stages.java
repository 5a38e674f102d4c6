package dev.resnet4j.model.transfer;

import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a residual network from its head to its input: the head, the stages from the last to the first, the stem.
 *
 * <p>They are told by the graph, whatever the layers are called. A residual block is what lies between a sum and the last
 * layer that all ways to the sum go through. Blocks whose sums have the same number of channels, one after the other, are
 * a stage. What lies between two stages belongs to the second, what lies behind the last one to that one, and what lies
 * before the first is the stem. A network without sums has no stages: all but its head is its stem.
 *
 * @param count how many stages there are
 * @param distances of each layer that has weights from the head: 0 of the head, 1 of the last stage, {@code count} of the
 *     first, {@code count + 1} of the stem; of layers in nested networks under both names, as {@link Network#flattened}
 */
public record Stages(int count, Map<String, Integer> distances) {
    /** Takes a copy of the map. */
    public Stages {
        distances = Map.copyOf(distances);
    }

    /**
     * The stages of a network.
     *
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if it does not end in a dense layer
     */
    public static Stages of(Network network) {
        return new Finder(network).find();
    }

    /** How far a layer is from the head; 0 for layers without weights. */
    public int distanceFromHead(String layer) {
        return distances.getOrDefault(layer, 0);
    }

    /** Finds the stages of one network. */
    private static final class Finder {
        private static final int NONE = -1;

        private final String head;
        private final List<Node> nodes;
        private final Map<String, Integer> places = new HashMap<>();

        /** For each node the last one before it that all ways from the input to it go through: its dominator. */
        private final int[] dominators;

        /** For each node its stage, counted from 0 at the input, or {@link #NONE}. */
        private final int[] stages;

        private int count;

        Finder(Network network) {
            head = Head.of(network).layerName();
            nodes = network.flattened().nodes();
            dominators = new int[nodes.size()];
            stages = new int[nodes.size()];
            Arrays.fill(stages, NONE);
            for (Node node : nodes) {
                places.put(node.name(), places.size());
            }
        }

        Stages find() {
            findDominators();
            findBlocks();
            boolean[] behindABlock = behindABlock();
            int[] next = nextStages();
            Map<String, Integer> distances = new LinkedHashMap<>();
            for (int place = 0; place < nodes.size(); place++) {
                String layer = nodes.get(place).layer().name();
                if (!nodes.get(place).weights().isEmpty()) {
                    boolean inStem = stages[place] == NONE && !behindABlock[place];
                    int distance = inStem ? count + 1 : count - next[place];
                    distances.putIfAbsent(layer, layer.equals(head) ? 0 : distance);
                }
            }
            return new Stages(count, distances);
        }

        private int[] inputs(int place) {
            return nodes.get(place).inputs().stream().mapToInt(places::get).toArray();
        }

        /** In one pass, since each node stands behind its inputs: the nearest common ancestor in the tree so far. */
        private void findDominators() {
            for (int place = 1; place < nodes.size(); place++) {
                int common = NONE;
                for (int input : inputs(place)) {
                    common = common == NONE ? input : commonDominator(common, input);
                }
                dominators[place] = common;
            }
        }

        /** A dominator stands before what it dominates, so the later of the two moves on. */
        private int commonDominator(int one, int other) {
            while (one != other) {
                if (one > other) {
                    one = dominators[one];
                } else {
                    other = dominators[other];
                }
            }
            return one;
        }

        private void findBlocks() {
            int channelsBefore = NONE;
            for (int place = 0; place < nodes.size(); place++) {
                Node node = nodes.get(place);
                if (Merge.isSum(node.layer())) {
                    int channels = node.outputShape().channels();
                    if (channels != channelsBefore) {
                        count++;
                        channelsBefore = channels;
                    }
                    claimBlock(place, count - 1);
                }
            }
        }

        /** All ways from the sum back to its dominator, which is the block's input and not part of it. */
        private void claimBlock(int sum, int stage) {
            Deque<Integer> open = new ArrayDeque<>(List.of(sum));
            Set<Integer> seen = new HashSet<>(open);
            while (!open.isEmpty()) {
                int place = open.pop();
                stages[place] = stages[place] == NONE ? stage : stages[place];
                for (int input : inputs(place)) {
                    if (input != dominators[sum] && seen.add(input)) {
                        open.push(input);
                    }
                }
            }
        }

        private boolean[] behindABlock() {
            boolean[] behind = new boolean[nodes.size()];
            for (int place = 0; place < nodes.size(); place++) {
                for (int input : inputs(place)) {
                    behind[place] |= behind[input] || stages[input] != NONE;
                }
            }
            return behind;
        }

        /** Of each node its own stage, or the first one behind it, or the last of all. */
        private int[] nextStages() {
            int[] next = new int[nodes.size()];
            Arrays.fill(next, Math.max(0, count - 1));
            for (int place = nodes.size() - 1; place >= 0; place--) {
                if (stages[place] != NONE) {
                    next[place] = stages[place];
                }
                for (int input : inputs(place)) {
                    next[input] = Math.min(next[input], next[place]);
                }
            }
            return next;
        }
    }
}
