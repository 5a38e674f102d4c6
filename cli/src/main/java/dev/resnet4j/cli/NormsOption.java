package dev.resnet4j.cli;

import picocli.CommandLine.Option;

/** Whether a run records how long its gradients and weights are. */
final class NormsOption {
    @Option(
            names = "--norms",
            description = "Write the L2 norms of each kernel and of its gradient in each step to norms.csv.")
    private boolean norms;

    boolean norms() {
        return norms;
    }
}
