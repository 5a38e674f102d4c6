package dev.resnet4j.cli.report;

import dev.resnet4j.data.Image;
import java.util.Optional;

/**
 * A picture that was taken for something else.
 *
 * @param place in the test data, from 0
 * @param picture as the network saw it, of 1 or 3 channels
 * @param actual the name of its class
 * @param predicted the name of the class that it was taken for
 * @param probability of that class, in [0, 1]
 * @param probabilityOfActual of its own class, in [0, 1]
 * @param lookedAt the picture with what spoke for the predicted class marked; empty where that is not known
 */
public record Mistake(
        int place,
        Image picture,
        String actual,
        String predicted,
        double probability,
        double probabilityOfActual,
        Optional<Image> lookedAt) {}
