package dev.resnet4j.cli;

import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.recipe.ClassWeighting;
import dev.resnet4j.engine.recipe.OptimizerSettings;
import dev.resnet4j.engine.recipe.PatienceSettings;
import dev.resnet4j.engine.recipe.PictureSettings;
import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.ScheduleSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A recipe as the options of {@code train} that give it. */
final class RecipeText {
    private static final int NARROW_TERMINAL = 80;

    private final List<Setting> settings = new ArrayList<>();

    private RecipeText(Recipe recipe) {
        add("--epochs", recipe.epochs());
        add("--batch-size", recipe.batchSize());
        add(recipe.optimizer());
        add(recipe.schedule());
        add(recipe.patience());
        addUnlessNone("--label-smoothing", recipe.labelSmoothing());
        addUnlessNone("--ema-momentum", recipe.averageMomentum());
        add("--normalization-momentum", recipe.network().normalizationMomentum());
        addSwitch("zero-init-residual", recipe.network().zeroInitResidual());
        add(recipe.pictures());
    }

    /** All options, each with its value. */
    static List<String> all(Recipe recipe) {
        return new RecipeText(recipe).settings.stream().map(Setting::text).toList();
    }

    /** The options that do anything, each with its value, in lines of a narrow terminal. */
    static List<String> inUseInLines(Recipe recipe) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ");
        for (String option : inUse(recipe)) {
            if (line.length() + 1 + option.length() > NARROW_TERMINAL) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(' ').append(option);
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> inUse(Recipe recipe) {
        return new RecipeText(recipe)
                .settings.stream().filter(Setting::inUse).map(Setting::text).toList();
    }

    private void add(OptimizerSettings optimizer) {
        add("--optimizer", optimizer.kind());
        add("--learning-rate", optimizer.learningRate());
        if (optimizer.kind() == OptimizerSettings.Kind.SGD) {
            addUnlessNone("--momentum", optimizer.momentum());
            addSwitch("nesterov", optimizer.nesterov());
        }
        if (optimizer.kind() != OptimizerSettings.Kind.ADAM) {
            addUnlessNone("--weight-decay", optimizer.weightDecay());
        }
        addUnlessNone("--global-clipnorm", optimizer.globalClipnorm());
        int batches = optimizer.gradientAccumulationSteps();
        settings.add(new Setting("--gradient-accumulation-steps", String.valueOf(batches), batches > 1));
    }

    private void add(ScheduleSettings schedule) {
        boolean warmsUp = schedule.warmupEpochs() > 0;
        add("--schedule", schedule.kind());
        if (schedule.kind() != ScheduleSettings.Kind.ONE_CYCLE) {
            addUnlessNone("--warmup-epochs", schedule.warmupEpochs());
            settings.add(new Setting("--warmup-share", number(schedule.warmupShare()), warmsUp));
        }
        if (schedule.kind() == ScheduleSettings.Kind.COSINE) {
            add("--final-share", schedule.finalShare());
        }
        if (schedule.kind() == ScheduleSettings.Kind.STEP) {
            if (!schedule.stepEpochs().isEmpty()) {
                add(
                        "--step-epochs",
                        schedule.stepEpochs().stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
            add("--step-factor", schedule.stepFactor());
        }
    }

    private void add(PatienceSettings patience) {
        addUnlessNone("--plateau-patience", patience.plateauPatience());
        boolean reduces = patience.plateauPatience() > 0;
        settings.add(new Setting("--plateau-factor", number(patience.plateauFactor()), reduces));
        addUnlessNone("--early-stopping", patience.earlyStoppingPatience());
    }

    private void add(PictureSettings pictures) {
        addWord("--sampling", pictures.sampling(), Sampling.EVERY_PICTURE);
        addWord("--class-weights", pictures.classWeights(), ClassWeighting.EQUAL);
        add(pictures.augmentation());
        addUnlessNone("--mixup", pictures.mixing().mixup());
        addUnlessNone("--cutmix", pictures.mixing().cutmix());
    }

    private void add(Augmentation augmentation) {
        Geometry geometry = augmentation.geometry();
        settings.add(new Setting("--random-crop", number(geometry.smallestCrop()), geometry.smallestCrop() < 1));
        addUnlessNone("--padding", geometry.padding());
        addSwitch("horizontal-flip", geometry.horizontalFlip() > 0);
        addSwitch("vertical-flip", geometry.verticalFlip() > 0);
        addUnlessNone("--rotation", geometry.maxRotation());
        addUnlessNone("--shift", geometry.maxTranslation());
        addUnlessNone("--zoom", geometry.maxZoom());
        add(augmentation.automatic());
        ColorJitter color = augmentation.color();
        addUnlessNone("--brightness", color.brightness());
        addUnlessNone("--contrast", color.contrast());
        addUnlessNone("--saturation", color.saturation());
        addUnlessNone("--hue", color.hue());
        addUnlessNone("--random-erasing", augmentation.erasing().probability());
    }

    private void add(AutomaticAugmentation automatic) {
        addWord("--auto-augment", automatic.policy(), AutomaticAugmentation.Policy.NONE);
        if (automatic.policy() == AutomaticAugmentation.Policy.RAND_AUGMENT) {
            add("--randaugment-operations", automatic.operations());
            add("--randaugment-magnitude", automatic.magnitude());
        }
    }

    private void add(String option, Object value) {
        settings.add(new Setting(option, value.toString(), true));
    }

    private void add(String option, double value) {
        settings.add(new Setting(option, number(value), true));
    }

    private void addUnlessNone(String option, double value) {
        settings.add(new Setting(option, number(value), value != 0));
    }

    private void addWord(String option, Object value, Object none) {
        settings.add(new Setting(option, value.toString(), !value.equals(none)));
    }

    private void addSwitch(String name, boolean on) {
        settings.add(new Setting(on ? "--" + name : "--no-" + name, "", on));
    }

    /** 0.00002 instead of 2.0E-5, 32 instead of 32.0. */
    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /**
     * One option.
     *
     * @param option with its hyphens
     * @param value empty of a switch
     * @param inUse whether it does anything
     */
    private record Setting(String option, String value, boolean inUse) {
        String text() {
            return value.isEmpty() ? option : option + " " + value;
        }
    }
}
