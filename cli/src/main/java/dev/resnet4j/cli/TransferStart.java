package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.transfer.GradualUnfreezing;
import dev.resnet4j.model.transfer.TransferNetwork;
import dev.resnet4j.model.transfer.WeightTransfer;
import java.util.List;
import java.util.Locale;

/**
 * The first model of a run that starts from a trained one.
 *
 * @param settings of the run, with those of the transfer
 * @param source the trained model
 */
record TransferStart(RunSettings settings, TransferSource source) {
    /** Reads the trained model. */
    static TransferStart read(RunSettings settings) {
        return new TransferStart(
                settings, TransferSource.read(settings.transfer().from()));
    }

    /**
     * The model, compiled, with what fits of the trained weights.
     *
     * @param training what it is to learn from
     * @param console told what was taken over
     * @throws CommandException if the trained network cannot be made ready for these pictures
     */
    Model open(Dataset training, Console console) {
        try {
            return open(training, network(training), console);
        } catch (InvalidNetworkException unfit) {
            throw new CommandException(source.path() + ": " + unfit.getMessage(), unfit);
        }
    }

    private Model open(Dataset training, Network network, Console console) {
        TransferSettings transfer = settings.transfer();
        WeightTransfer weights = transfer.newHead()
                ? WeightTransfer.withNewHead(source.model().weights(), network)
                : WeightTransfer.of(source.model().weights(), network);
        transfer.unfreezing().steps().forEach(step -> step.freezing().layersOf(network));
        Network frozen = network.withFrozenLayers(transfer.unfreezing().at(1).layersOf(network));
        tell(frozen, weights, console);
        tellAssumedClasses(training.classNames(), console);
        Model model = Model.of(new SavedModel(frozen, weights.weights()), settings.device());
        model.compile(settings.recipe()
                .compilation(training.size())
                .withRateFactors(transfer.layerDecay().rateFactors(network)));
        model.putSetting("from", transfer.from());
        return model;
    }

    private Network network(Dataset training) {
        Network trained = source.model().network();
        Network resized = TransferNetwork.withPictures(
                trained, Shape.of(training.height(), training.width(), training.channels()));
        if (settings.transfer().newHead()) {
            return settings.recipe().prepare(TransferNetwork.withClasses(resized, training.classes(), settings.seed()));
        }
        requireOneOutputAClass(trained, training);
        return settings.recipe().prepare(TransferNetwork.withSoftmax(resized));
    }

    private void requireOneOutputAClass(Network trained, Dataset training) {
        if (!trained.outputShape().equals(Shape.of(training.classes()))) {
            List<String> names = training.classNames();
            throw new CommandException(
                    source.path() + " gives outputs of shape " + trained.outputShape() + ", but the pictures are of "
                            + names.size() + " classes (" + NamesText.firstOf(names)
                            + "): give --classes for a new head that learns these");
        }
    }

    private void tell(Network network, WeightTransfer weights, Console console) {
        source.notes().forEach(console::note);
        tellPreprocessing(console);
        int all = network.weights().size();
        console.print(weights.taken().size() + " of " + all + " weights are taken over from " + source.path());
        weights.notFitting().forEach(left -> console.print("  not taken over: " + left.weight() + " " + left.reason()));
        weights.missing().forEach(name -> console.print("  starts anew: " + name));
        GradualUnfreezing unfreezing = settings.transfer().unfreezing();
        if (!unfreezing.equals(GradualUnfreezing.NOTHING_FROZEN)) {
            console.print("frozen: " + unfreezing.start() + laterSteps(unfreezing));
            console.print(String.format(
                    Locale.ROOT,
                    "%,d of %,d parameters are trained in the first epoch",
                    network.trainableParameters(),
                    network.parameters()));
        }
        int last = settings.recipe().epochs();
        unfreezing.steps().stream()
                .filter(step -> step.epoch() > last)
                .forEach(step ->
                        console.note("nothing is unfrozen in epoch " + step.epoch() + ": the last epoch is " + last));
    }

    private static String laterSteps(GradualUnfreezing unfreezing) {
        StringBuilder text = new StringBuilder();
        unfreezing
                .steps()
                .forEach(step -> text.append(", from epoch ")
                        .append(step.epoch())
                        .append(' ')
                        .append(step.freezing()));
        return text.toString();
    }

    /** A file without names says nothing of which output is of which class: only the person can know. */
    private void tellAssumedClasses(List<String> classNames, Console console) {
        TransferSettings transfer = settings.transfer();
        if (!transfer.newHead() && transfer.classes().isEmpty()) {
            console.note(source.path() + " does not name its outputs: they are taken for the classes of the pictures in"
                    + " this order: " + NamesText.firstOf(classNames)
                    + "; if they are of others or in another order, give --classes for a new head");
        }
    }

    private void tellPreprocessing(Console console) {
        if (!source.knowsPreprocessing()) {
            console.note(source.path() + " does not say how pixels become numbers: they do by '" + settings.preprocess()
                    + "'; if it was trained otherwise, say so with --preprocess");
        } else if (settings.preprocess() == source.preprocessing()) {
            console.note(
                    "pixels become numbers by '" + settings.preprocess() + "', as " + source.path() + " was trained");
        } else {
            console.note("pixels become numbers by '" + settings.preprocess() + "', but " + source.path()
                    + " was trained with '" + source.preprocessing() + "'");
        }
    }
}
