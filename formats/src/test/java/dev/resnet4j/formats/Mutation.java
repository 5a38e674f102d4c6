package dev.resnet4j.formats;

import java.util.Arrays;
import java.util.Random;

/** Damage to bytes, as transfers, disks and attackers do it. */
public final class Mutation {
    private static final byte[] EXTREMES = {0, 1, -1, Byte.MAX_VALUE, Byte.MIN_VALUE};

    private Mutation() {}

    /** A damaged copy: some bytes replaced, a run overwritten with one value, or the end cut off. */
    public static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                return Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            case 1, 2 -> {
                int from = random.nextInt(damaged.length);
                int to = Math.min(damaged.length, from + 1 + random.nextInt(8));
                Arrays.fill(damaged, from, to, EXTREMES[random.nextInt(EXTREMES.length)]);
            }
            default -> {
                for (int count = 1 + random.nextInt(4); count > 0; count--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return damaged;
    }
}
