package dev.resnet4j.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.Recipe;
import java.util.Objects;

/**
 * Everything that decides how a training run goes, so that it can be gone on with and done again. They stand in the
 * run's folder as JSON; what was not given is null.
 *
 * @param model the network, built anew; null where the run starts from a trained one
 * @param transfer how the run starts from a trained model; null where its network is built anew
 * @param data where the training pictures are, {@code signs} or an absolute path
 * @param test where the test pictures are; null where a tenth of the training pictures is kept apart
 * @param recipe how the network learns
 * @param seed of the kernels, the pictures' order, their augmentation, and which of them are kept apart
 * @param precision of the convolutions
 * @param preprocess how pixels become numbers
 * @param imageSize to which pictures are brought; null for their own
 * @param limit how many pictures are taken of each data set; null for all
 * @param strict whether a picture that cannot be decoded is an error
 * @param device where it runs
 * @param reporting what of it is judged, kept and told; in JSON among the others
 */
record RunSettings(
        BuiltInNetwork model,
        TransferSettings transfer,
        String data,
        String test,
        Recipe recipe,
        long seed,
        Precision precision,
        Preprocessing preprocess,
        ImageSize imageSize,
        Integer limit,
        boolean strict,
        Device device,
        @JsonUnwrapped ReportingSettings reporting) {
    /** @throws IllegalArgumentException if a number is out of range; @throws NullPointerException if a fact is missing */
    RunSettings {
        if ((model == null) == (transfer == null)) {
            throw new IllegalArgumentException("a run has either a new network or a trained one to start from");
        }
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(preprocess, "preprocess");
        Objects.requireNonNull(device, "device");
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("the limit must be above 0, but was " + limit);
        }
        reporting = reporting == null ? ReportingSettings.NONE : reporting;
    }

    /** These settings with another number of the last epoch. */
    RunSettings withEpochs(int newEpochs) {
        return new RunSettings(
                model,
                transfer,
                data,
                test,
                recipe.withEpochs(newEpochs),
                seed,
                precision,
                preprocess,
                imageSize,
                limit,
                strict,
                device,
                reporting);
    }

    /** These settings with another seed. */
    RunSettings withSeed(long newSeed) {
        return new RunSettings(
                model,
                transfer,
                data,
                test,
                recipe,
                newSeed,
                precision,
                preprocess,
                imageSize,
                limit,
                strict,
                device,
                reporting);
    }

    /** These settings on another device. */
    RunSettings withDevice(Device newDevice) {
        return new RunSettings(
                model,
                transfer,
                data,
                test,
                recipe,
                seed,
                precision,
                preprocess,
                imageSize,
                limit,
                strict,
                newDevice,
                reporting);
    }

    /** These settings with what is judged, kept and told of the run; what it learns is the same. */
    RunSettings withReporting(ReportingSettings newReporting) {
        return new RunSettings(
                model,
                transfer,
                data,
                test,
                recipe,
                seed,
                precision,
                preprocess,
                imageSize,
                limit,
                strict,
                device,
                newReporting);
    }
}
