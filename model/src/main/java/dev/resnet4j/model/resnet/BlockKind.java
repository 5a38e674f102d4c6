package dev.resnet4j.model.resnet;

/** What a residual block is made of (He et al. 2015, figure 5). */
public enum BlockKind {
    /** Two 3x3 convolutions. */
    BASIC(1),
    /** A 1x1, a 3x3 and a 1x1 convolution that gives four times as many channels. */
    BOTTLENECK(4);

    private final int expansion;

    BlockKind(int expansion) {
        this.expansion = expansion;
    }

    /** How many times more channels the block's output has than its stage's number. */
    public int expansion() {
        return expansion;
    }
}
