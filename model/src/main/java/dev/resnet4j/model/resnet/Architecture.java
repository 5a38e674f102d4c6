package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.InvalidNetworkException;
import java.util.List;

/**
 * One member of the family for pictures of ImageNet's size, whatever its form: four stages of residual blocks. The stages'
 * numbers of channels are 64, 128, 256 and 512, times the block's {@linkplain BlockKind#expansion() expansion} at its
 * output.
 *
 * @param name as the field writes it: {@code resnet50}, {@code resnext50_32x4d}
 * @param block what every block is made of
 * @param depths the number of blocks of each of the four stages, from 1 to 1000
 * @param groups of the 3x3 convolution of a bottleneck; 32 in ResNeXt (Xie et al. 2016), else 1
 * @param groupWidth channels of a group in the first stage; 64, 128 where wide (Zagoruyko and Komodakis 2016)
 * @param squeezeExcitation whether each block weighs its channels before the shortcut is added (Hu et al. 2018)
 */
public record Architecture(
        String name, BlockKind block, List<Integer> depths, int groups, int groupWidth, boolean squeezeExcitation) {
    /** 18 layers. */
    public static final Architecture RESNET_18 = plain("resnet18", BlockKind.BASIC, 2, 2, 2, 2);
    /** 34 layers. */
    public static final Architecture RESNET_34 = plain("resnet34", BlockKind.BASIC, 3, 4, 6, 3);
    /** 50 layers. */
    public static final Architecture RESNET_50 = plain("resnet50", BlockKind.BOTTLENECK, 3, 4, 6, 3);
    /** 101 layers. */
    public static final Architecture RESNET_101 = plain("resnet101", BlockKind.BOTTLENECK, 3, 4, 23, 3);
    /** 152 layers. */
    public static final Architecture RESNET_152 = plain("resnet152", BlockKind.BOTTLENECK, 3, 8, 36, 3);

    private static final int STAGES = 4;
    private static final int FIRST_STAGE_CHANNELS = 64;
    private static final int MOST_BLOCKS = 1000;
    private static final int WIDEST_GROUP = 4096;

    /** @throws InvalidNetworkException if there are not four stages, or a number is out of range */
    public Architecture {
        depths = List.copyOf(depths);
        if (depths.size() != STAGES || depths.stream().anyMatch(depth -> depth < 1 || depth > MOST_BLOCKS)) {
            throw new InvalidNetworkException(
                    "a residual network has " + STAGES + " stages of 1 to " + MOST_BLOCKS + " blocks, got " + depths);
        }
        if (groups < 1 || groupWidth < 1 || groups > WIDEST_GROUP || groupWidth > WIDEST_GROUP) {
            throw new InvalidNetworkException("groups and their width must be from 1 to " + WIDEST_GROUP + ", got "
                    + groups + " and " + groupWidth);
        }
        if (block == BlockKind.BASIC && (groups != 1 || groupWidth != FIRST_STAGE_CHANNELS)) {
            throw new InvalidNetworkException(
                    "only bottlenecks come in groups and widths, got a basic block of " + groups + "x" + groupWidth);
        }
    }

    private static Architecture plain(String name, BlockKind block, Integer... depths) {
        return new Architecture(name, block, List.of(depths), 1, FIRST_STAGE_CHANNELS, false);
    }

    /** The members that have a name in the field, each once, from the smallest. */
    public static List<Architecture> known() {
        return List.of(
                RESNET_18,
                RESNET_34,
                RESNET_50,
                RESNET_101,
                RESNET_152,
                RESNET_50.grouped("resnext50_32x4d", 32, 4),
                RESNET_101.grouped("resnext101_32x8d", 32, 8),
                RESNET_50.grouped("wide_resnet50_2", 1, 128),
                RESNET_101.grouped("wide_resnet101_2", 1, 128),
                RESNET_18.withSqueezeExcitation("seresnet18"),
                RESNET_34.withSqueezeExcitation("seresnet34"),
                RESNET_50.withSqueezeExcitation("seresnet50"),
                RESNET_101.withSqueezeExcitation("seresnet101"),
                RESNET_152.withSqueezeExcitation("seresnet152"),
                RESNET_50.grouped("resnext50_32x4d", 32, 4).withSqueezeExcitation("seresnext50_32x4d"),
                RESNET_101.grouped("resnext101_32x8d", 32, 8).withSqueezeExcitation("seresnext101_32x8d"));
    }

    private Architecture grouped(String newName, int newGroups, int newGroupWidth) {
        return new Architecture(newName, block, depths, newGroups, newGroupWidth, squeezeExcitation);
    }

    private Architecture withSqueezeExcitation(String newName) {
        return new Architecture(newName, block, depths, groups, groupWidth, true);
    }

    /** Whether its blocks are those of He et al. 2015: neither grouped nor widened nor with squeeze and excitation. */
    public boolean isPlain() {
        return groups == 1 && groupWidth == FIRST_STAGE_CHANNELS && !squeezeExcitation;
    }

    /** The stage's own number of channels, from 64; stages are counted from 0. */
    int planes(int stage) {
        return FIRST_STAGE_CHANNELS << stage;
    }

    /** Channels inside a bottleneck of this stage. */
    int width(int stage) {
        return planes(stage) * groupWidth / FIRST_STAGE_CHANNELS * groups;
    }

    /** Channels that a block of this stage gives. */
    int channels(int stage) {
        return planes(stage) * block.expansion();
    }
}
