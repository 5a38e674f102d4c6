package dev.resnet4j.benchmarks;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Interpolation;
import dev.resnet4j.data.PillowResize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.Shuffle;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.augment.RandomErasing;
import dev.resnet4j.data.batch.BatchLoader;
import dev.resnet4j.data.batch.BatchOptions;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.signs.Signs;
import dev.resnet4j.engine.recipe.Recipes;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A contact sheet: a drawn hand sign as each augmentation changes it, four times each. */
@Command(
        name = "augmentation-sheet",
        description = "Draws what each augmentation does to one picture.",
        mixinStandardHelpOptions = true)
final class AugmentationSheet implements Callable<Integer> {
    private static final int DRAWN = 4;
    private static final int TILE = 96;
    private static final int GAP = 4;
    private static final int LABEL = 190;
    private static final int COLUMN = LABEL + DRAWN * (TILE + GAP);
    private static final int ROW = TILE + GAP;

    @Parameters(index = "0", paramLabel = "FILE", description = "Where the JPEG picture goes.")
    private Path file;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AugmentationSheet()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Dataset hands = Signs.testSet(0).select(List.of(5, 2));
        Map<String, BatchOptions> cases = cases();
        int rows = (cases.size() + 1) / 2;
        BufferedImage sheet = new BufferedImage(2 * COLUMN + GAP, rows * ROW + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        int number = 0;
        for (Map.Entry<String, BatchOptions> each : cases.entrySet()) {
            draw(each.getKey(), each.getValue(), hands, graphics, number / rows * COLUMN, number % rows * ROW);
            number++;
        }
        graphics.dispose();
        ImageIO.write(sheet, "jpg", file.toFile());
        return 0;
    }

    private static Map<String, BatchOptions> cases() {
        Augmentation none = Augmentation.NONE;
        Map<String, BatchOptions> cases = new LinkedHashMap<>();
        cases.put("as it is", augmented(none));
        cases.put("--random-crop 0.25", moved(Geometry.NONE.withSmallestCrop(0.25)));
        cases.put("--padding 8", moved(Geometry.NONE.withPadding(8)));
        cases.put("--horizontal-flip", moved(Geometry.NONE.withHorizontalFlip(0.5)));
        cases.put("--vertical-flip", moved(Geometry.NONE.withVerticalFlip(0.5)));
        cases.put("--rotation 30", moved(Geometry.affine(30, 0, 0)));
        cases.put("--shift 0.2", moved(Geometry.affine(0, 0.2, 0)));
        cases.put("--zoom 0.3", moved(Geometry.affine(0, 0, 0.3)));
        cases.put("--brightness 0.3", coloured(ColorJitter.tone(0.3, 0)));
        cases.put("--contrast 0.6", coloured(ColorJitter.tone(0, 0.6)));
        cases.put("--saturation 0.8", coloured(new ColorJitter(0, 0, 0.8, 0)));
        cases.put("--hue 0.2", coloured(new ColorJitter(0, 0, 0, 0.2)));
        cases.put("randaugment", augmented(none.withAutomatic(AutomaticAugmentation.RAND_AUGMENT)));
        cases.put("trivialaugment", augmented(none.withAutomatic(AutomaticAugmentation.TRIVIAL_AUGMENT)));
        cases.put("--random-erasing 1", augmented(none.withErasing(RandomErasing.NONE.withProbability(1))));
        cases.put("--mixup 1", augmented(none).withMixing(new Mixing(1, 0)));
        cases.put("--cutmix 1", augmented(none).withMixing(new Mixing(0, 1)));
        cases.put("recipe 'default'", augmented(Recipes.DEFAULT.pictures().augmentation()));
        return cases;
    }

    private static BatchOptions moved(Geometry geometry) {
        return augmented(Augmentation.NONE.withGeometry(geometry));
    }

    private static BatchOptions coloured(ColorJitter color) {
        return augmented(Augmentation.NONE.withColor(color));
    }

    private static BatchOptions augmented(Augmentation augmentation) {
        return BatchOptions.plain(2, Preprocessing.RAW).withAugmentation(augmentation);
    }

    private static void draw(String name, BatchOptions options, Dataset hands, Graphics2D graphics, int x, int y) {
        graphics.setColor(Color.BLACK);
        graphics.drawString(name, x + 2 * GAP, y + ROW / 2);
        int drawn = 0;
        for (int epoch = 0; drawn < DRAWN; epoch++) {
            Shuffle shuffle = new Shuffle(1, epoch);
            // Only where the first hand comes first: all the tiles show one hand.
            if (shuffle.order(2)[0] == 0) {
                BufferedImage tile = tile(firstOf(hands, options, shuffle));
                graphics.drawImage(tile, x + LABEL + drawn * (TILE + GAP), y + GAP, null);
                drawn++;
            }
        }
    }

    private static Image firstOf(Dataset hands, BatchOptions options, Shuffle shuffle) {
        try (BatchLoader loader = BatchLoader.shuffled(hands, options, shuffle, 0)) {
            float[] values = loader.iterator().next().images();
            byte[] pixels = new byte[values.length / 2];
            for (int index = 0; index < pixels.length; index++) {
                pixels[index] = (byte) Math.round(values[index]);
            }
            return new Image(hands.height(), hands.width(), hands.channels(), pixels);
        }
    }

    private static BufferedImage tile(Image image) {
        Image large = PillowResize.resize(image, new ImageSize(TILE, TILE), Interpolation.BICUBIC);
        BufferedImage tile = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < TILE; row++) {
            for (int column = 0; column < TILE; column++) {
                Color colour = new Color(
                        large.valueAt(row, column, 0), large.valueAt(row, column, 1), large.valueAt(row, column, 2));
                tile.setRGB(column, row, colour.getRGB());
            }
        }
        return tile;
    }
}
