package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.Model;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;

/** The model that a run begins with, compiled: built anew, or made of a trained one. */
final class NewModel {
    private NewModel() {}

    /**
     * Makes it.
     *
     * @param settings of the run
     * @param training what it is to learn from
     * @param console told what was taken over from a trained model
     * @throws CommandException if a trained network cannot be made ready for these pictures
     */
    static Model open(RunSettings settings, Dataset training, Console console) {
        return settings.transfer() == null
                ? build(settings, training)
                : TransferStart.read(settings).open(training, console);
    }

    private static Model build(RunSettings settings, Dataset training) {
        Shape picture = Shape.of(training.height(), training.width(), training.channels());
        Network network = settings.recipe()
                .prepare(settings.model()
                        .build(new ResNetOptions(picture, training.classes()).withSeed(settings.seed())));
        Model model = Model.of(network, settings.device());
        model.compile(settings.recipe().compilation(training.size()));
        return model;
    }
}
