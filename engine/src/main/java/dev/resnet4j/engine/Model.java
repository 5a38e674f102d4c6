package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.torch.NativeLoading;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.formats.ClassNames;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Summary;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A network that runs: compile, fit, evaluate, predict, save, load, as in Keras.
 *
 * <p>Where training averages the weights ({@link Compilation#average}), the average is what is judged, predicts and is
 * saved, also during training.
 *
 * <p>Holds native memory, so close it. For one thread at a time.
 */
public final class Model implements AutoCloseable {
    private static final int PICTURES_AT_A_TIME = 32;
    private static final String SEED = "seed";
    private static final String BATCH_SIZE = "batch size";

    private Network network;
    private final TorchModel torchModel;
    private final Map<String, String> settings = new TreeMap<>();
    private Optional<Compilation> compilation = Optional.empty();
    private Preprocessing preprocessing = Preprocessing.UNIT;
    private List<String> classNames = List.of();
    private TrainingState trainingState = TrainingState.NOT_TRAINED;
    private boolean closed;

    private Model(Network network, Weights weights, Device device) {
        this.network = network;
        this.torchModel = new TorchModel(network, weights, device);
    }

    /** A network with its initial weights, on the processor. */
    public static Model of(Network network) {
        return of(network, Device.CPU);
    }

    /**
     * A network with its initial weights.
     *
     * @throws EngineException if there is no such device, or libtorch does not run on this machine
     */
    public static Model of(Network network, Device device) {
        return new Model(network, Weights.initialize(network), device);
    }

    /**
     * A saved model, on the processor.
     *
     * @param path of Keras's or PyTorch's files, told by their content
     * @throws dev.resnet4j.formats.FormatException if the file cannot be used
     */
    public static Model load(Path path) {
        return load(path, Device.CPU);
    }

    /**
     * A saved model. It goes on training where it stopped: compiled as it was, with the optimizer's memory.
     *
     * @param path of Keras's or PyTorch's files, told by their content
     * @throws dev.resnet4j.formats.FormatException if the file cannot be used
     * @throws EngineException if there is no such device, or libtorch does not run on this machine
     */
    public static Model load(Path path, Device device) {
        SavedModel saved;
        try (NativeLoading libraries = NativeLoading.begin()) {
            saved = ModelFiles.read(path, ReadOptions.DEFAULT).model();
        }
        return of(saved, device);
    }

    /**
     * A model from what its file held.
     *
     * @throws EngineException if there is no such device, or libtorch does not run on this machine
     */
    public static Model of(SavedModel saved, Device device) {
        TrainingFacts facts = saved.facts();
        TrainingState state = TrainingState.of(facts.history(), facts.settings());
        Model model = new Model(saved.network(), saved.weights(), device);
        model.compilation = saved.compilation();
        model.preprocessing = Preprocessing.parse(facts.preprocessing());
        model.classNames = facts.classNames();
        model.settings.putAll(facts.settings());
        TrainingState.removeFrom(model.settings);
        model.trainingState = state;
        saved.compilation().ifPresent(compiled -> model.torchModel.compile(compiled, saved.optimizerState()));
        return model;
    }

    /**
     * Says how to train. A model that was compiled before forgets what its optimizer remembered.
     *
     * @param optimizer how gradients change weights
     * @param loss what is made small
     */
    public void compile(Optimizer optimizer, Loss loss) {
        compile(new Compilation(optimizer, loss));
    }

    /** Says how to train. A model that was compiled before forgets what its optimizer remembered. */
    public void compile(Compilation newCompilation) {
        requireOpen();
        compilation = Optional.of(newCompilation);
        torchModel.compile(newCompilation, Optional.empty());
        trainingState = new TrainingState(trainingState.history(), Optional.empty());
    }

    /**
     * Gives the optimizer another learning rate; it keeps what it remembers.
     *
     * @throws IllegalStateException if the model is not compiled
     */
    public void setLearningRate(LearningRate learningRate) {
        Compilation compiled = requireCompiled();
        compilation = Optional.of(compiled.withOptimizer(compiled.optimizer().withLearningRate(learningRate)));
    }

    /**
     * Freezes layers and lets all others be trained: Keras's {@code layer.trainable = False}. A frozen layer's weights stay
     * as they are in training, and batch normalisation that is frozen takes its moving statistics and leaves them alone.
     *
     * <p>May be called between epochs. The optimizer keeps what it remembers of the weights that stay trainable, and
     * starts from nothing with those that were frozen.
     *
     * @param frozen tells of a layer's name whether it is frozen; of one in a nested network under both names:
     *     {@code backbone/conv1}
     * @see dev.resnet4j.model.transfer.Freezing
     */
    public void setFrozen(Predicate<String> frozen) {
        requireOpen();
        Network changed = network.withFrozenLayers(frozen);
        if (!changed.equals(network)) {
            torchModel.setFrozen(changed);
            network = changed;
        }
    }

    private Compilation requireCompiled() {
        requireOpen();
        return compilation.orElseThrow(
                () -> new IllegalStateException("the model is not compiled: call compile first"));
    }

    /**
     * Trains. The model takes over the data's class names and the options' preprocessing.
     *
     * @param training pictures of the network's input size, with as many classes as it has outputs
     * @return what each epoch came to; with the earlier epochs, where training went on
     * @throws IllegalStateException if the model is not compiled
     * @throws EngineException if the data does not fit the network
     * @throws NonFiniteLossException if the loss became infinite or not a number
     */
    public History fit(Dataset training, FitOptions options) {
        Compilation compiled = requireCompiled();
        requireFit("the training data", training);
        options.validation().ifPresent(validation -> requireFit("the validation data", validation));
        requireOneWeightAClass(training, options.classWeights());
        requireValidationForPatience(options);
        if (options.resume()) {
            requireSameRun(training, options);
        }
        classNames = training.classNames();
        preprocessing = options.preprocessing();
        settings.put(SEED, String.valueOf(options.seed()));
        settings.put(BATCH_SIZE, String.valueOf(options.batchSize()));
        settings.put("precision", options.precision().toString());
        if (!options.resume()) {
            trainingState = TrainingState.NOT_TRAINED;
        }
        return new Trainer(torchModel, compiled, training, options, trainingState, state -> trainingState = state)
                .run();
    }

    private static void requireValidationForPatience(FitOptions options) {
        boolean patient =
                options.earlyStopping().isPresent() || options.reduceOnPlateau().isPresent();
        if (patient && options.validation().isEmpty()) {
            throw new EngineException("early stopping and a rate that is reduced on a plateau go by the validation"
                    + " pictures, and there are none: give some, or leave both out");
        }
    }

    private static void requireOneWeightAClass(Dataset training, List<Double> classWeights) {
        if (!classWeights.isEmpty() && classWeights.size() != training.classes()) {
            throw new EngineException("there are " + classWeights.size() + " class weights, but the training data has "
                    + training.classes() + " classes: give one weight for each class");
        }
    }

    /** What was trained with one order of pictures, classes and steps cannot go on with another. */
    private void requireSameRun(Dataset training, FitOptions options) {
        if (!classNames.isEmpty() && !classNames.equals(training.classNames())) {
            throw new EngineException("training cannot go on: the model's classes are " + classNames
                    + ", those of the training data " + training.classNames());
        }
        if (!trainingState.equals(TrainingState.NOT_TRAINED) && torchModel.iterations() == 0) {
            throw new EngineException("training cannot go on: the model comes without what its optimizer remembered;"
                    + " train it anew from its weights (without resume)");
        }
        if (trainingState.unfinished().isPresent()) {
            requireSameSetting(SEED, options.seed());
            requireSameSetting(BATCH_SIZE, options.batchSize());
        }
    }

    private void requireSameSetting(String name, long value) {
        String before = settings.get(name);
        if (!String.valueOf(value).equals(before)) {
            throw new EngineException("training cannot go on in the middle of an epoch with " + name + " " + value
                    + ": it stopped with " + name + " " + before);
        }
    }

    /** Judges the model on labelled pictures: in batches of 32, with the moving statistics. */
    public Evaluation evaluate(Dataset data) {
        return evaluate(data, EvaluateOptions.DEFAULT);
    }

    /**
     * Judges the model on labelled pictures.
     *
     * @param data pictures of the network's input size, with as many classes as it has outputs
     * @throws EngineException if the data does not fit the network
     */
    public Evaluation evaluate(Dataset data, EvaluateOptions options) {
        requireOpen();
        requireFit("the data", data);
        RunningScores scores = Evaluator.evaluate(
                torchModel, data, options, options.preprocessing().orElse(preprocessing));
        return new Evaluation(scores.means().loss(), scores.means().accuracy(), scores.samples());
    }

    /**
     * What the model says of a picture.
     *
     * @param image of the network's input size
     * @throws EngineException if the picture has another size
     */
    public Prediction predict(Image image) {
        return predict(List.of(image)).get(0);
    }

    /**
     * What the model says of pictures.
     *
     * @param images of the network's input size
     * @throws EngineException if a picture has another size
     */
    public List<Prediction> predict(List<Image> images) {
        return predict(images, PredictOptions.DEFAULT);
    }

    /**
     * What the model says of pictures.
     *
     * @param images of the network's input size
     * @throws EngineException if a picture has another size, or the precision cannot be had
     */
    public List<Prediction> predict(List<Image> images, PredictOptions options) {
        Preprocessing pixels = options.preprocessing().orElse(preprocessing);
        List<Prediction> predictions = new ArrayList<>();
        for (NdArray batch : batches(images, pixels)) {
            NdArray outputs = predict(batch, options.precision());
            for (int index = 0; index < batch.shape().dimension(0); index++) {
                predictions.add(prediction(outputs.row(index)));
            }
        }
        return predictions;
    }

    /**
     * What the model says of each picture of a data set, in its own order.
     *
     * @param data pictures of the network's input size, with as many classes as it has outputs
     * @throws EngineException if the data does not fit the network
     */
    public List<Prediction> predict(Dataset data) {
        return predict(data, PredictOptions.DEFAULT);
    }

    /**
     * What the model says of each picture of a data set, in its own order.
     *
     * @param data pictures of the network's input size, with as many classes as it has outputs
     * @throws EngineException if the data does not fit the network, or the precision cannot be had
     */
    public List<Prediction> predict(Dataset data, PredictOptions options) {
        requireFit("the data", data);
        return predict(data.images(), options);
    }

    /** Made one by one, as they are taken. */
    private Iterable<NdArray> batches(List<Image> images, Preprocessing pixels) {
        return () -> IntStream.iterate(0, start -> start < images.size(), start -> start + PICTURES_AT_A_TIME)
                .mapToObj(start -> numbers(
                        start, images.subList(start, Math.min(start + PICTURES_AT_A_TIME, images.size())), pixels))
                .iterator();
    }

    /**
     * Makes the model ready to predict and evaluate in {@link Precision#INT8}: finds out between which numbers its feature
     * maps lie. Forgotten once the weights
     * change, by training for one.
     *
     * @param images of the network's input size, some hundred like those that it will see; not those that it is judged by
     * @throws EngineException if there is none, one has another size, or there is no int8 on the model's device
     */
    public void calibrate(List<Image> images) {
        calibrate(images, preprocessing);
    }

    /**
     * Makes the model ready for {@link Precision#INT8}; see {@link #calibrate(List)}.
     *
     * @param pixels how pixels become numbers, instead of as in training
     */
    public void calibrate(List<Image> images, Preprocessing pixels) {
        requireOpen();
        if (images.isEmpty()) {
            throw new EngineException("there are no pictures to calibrate with: give some like those that it will see");
        }
        torchModel.calibrate(batches(images, pixels));
    }

    /** @param first the number of the first picture among all */
    private NdArray numbers(int first, List<Image> images, Preprocessing pixels) {
        Shape shape = network.inputShape();
        int length = Math.toIntExact(shape.elements());
        float[] values = new float[Math.multiplyExact(images.size(), length)];
        for (int index = 0; index < images.size(); index++) {
            Image image = images.get(index);
            requireSize("picture " + (first + index), Shape.of(image.height(), image.width(), image.channels()));
            pixels.write(image, values, index * length);
        }
        return new NdArray(shape.withBatch(images.size()), values);
    }

    private Prediction prediction(float[] probabilities) {
        List<Float> list = IntStream.range(0, probabilities.length)
                .mapToObj(index -> probabilities[index])
                .toList();
        List<String> names = classNames.isEmpty()
                ? IntStream.range(0, list.size()).mapToObj(String::valueOf).toList()
                : classNames;
        return new Prediction(list, names);
    }

    /**
     * The network's outputs for inputs that are numbers already.
     *
     * @param inputs a batch of the network's inputs: (batch, height, width, channels)
     * @return a batch of its outputs: (batch, classes) of a classifier
     * @throws EngineException if the inputs have another shape
     */
    public NdArray predict(NdArray inputs) {
        return predict(inputs, Precision.FP32);
    }

    /**
     * The network's outputs for inputs that are numbers already; see {@link #predict(NdArray)}.
     *
     * @param precision of the convolutions
     * @throws EngineException if the inputs have another shape, or the precision cannot be had
     */
    public NdArray predict(NdArray inputs, Precision precision) {
        requireOpen();
        List<Integer> sizes = inputs.shape().dimensions();
        if (sizes.isEmpty()) {
            throw new EngineException("a batch of inputs has a batch axis in front, got a single number");
        }
        requireSize("each input of the batch", new Shape(sizes.subList(1, sizes.size())));
        return torchModel.predict(inputs, precision);
    }

    /**
     * Where a layer sees what speaks for a class in a picture: Grad-CAM (Selvaraju et al. 2017, "Grad-CAM: visual
     * explanations from deep networks via gradient-based localization"). The class's score is taken before the softmax
     * that the network ends with; the map is not scaled.
     *
     * @param image of the network's input size
     * @param layer one of {@link GradCam#layers}, such as {@link GradCam#lastLayer}
     * @param classIndex which of the network's outputs, from 0
     * @return (height, width) of the layer's output: its first row and column are the picture's; each number is at least 0
     * @throws EngineException if the picture has another size, the layer's output has no rows and columns, or there is no
     *     such class
     */
    public NdArray gradCam(Image image, String layer, int classIndex) {
        requireOpen();
        GradCam.requirePossible(network, layer, classIndex);
        return torchModel.gradCam(numbers(0, List.of(image), preprocessing), layer, classIndex);
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** The network as a table, in the layout of Keras's {@code model.summary()}. */
    public String summary() {
        return Summary.of(network).toText();
    }

    /** A copy of the weights for use: their average where training keeps one, else the weights as they are now. */
    public Weights weights() {
        requireOpen();
        return torchModel.weightsForUse();
    }

    /** Optimizer and loss; empty before {@link #compile}. */
    public Optional<Compilation> compilation() {
        return compilation;
    }

    /** What each epoch of the last training came to; also that of a loaded model. */
    public History history() {
        return trainingState.history();
    }

    /** How many steps the optimizer has taken in all; 0 before {@link #compile}. */
    public long iterations() {
        requireOpen();
        return torchModel.iterations();
    }

    /** How many steps were done in an epoch in which training was stopped; empty where it ended with an epoch. */
    public Optional<Integer> stepsOfUnfinishedEpoch() {
        return trainingState.unfinished().map(RunningScores::batches);
    }

    /** How pixels become numbers: as in training. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The classes' names, one for each output; empty before training, and of a file that holds none. */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Names the classes, such as those of a model whose file holds no names. Predictions give them, and they are saved.
     *
     * @param names one for each output, printable
     * @throws EngineException if there are not as many as outputs, or one is blank or not printable
     */
    public void setClassNames(List<String> names) {
        if (!network.outputShape().equals(Shape.of(names.size()))) {
            throw new EngineException("there are " + names.size() + " class names, but network '" + network.name()
                    + "' has outputs of shape " + network.outputShape() + ": give one name for each output");
        }
        if (!names.stream().allMatch(ClassNames::isPrintable)) {
            throw new EngineException("a class name is blank or not printable: give each class a name in one line");
        }
        classNames = List.copyOf(names);
    }

    /** Facts stored with the model: the training's seed, batch size and precision, and what {@link #putSetting} added. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Stores a fact with the model. */
    public void putSetting(String name, String value) {
        settings.put(name, value);
    }

    /**
     * A copy of all that is needed to go on with training exactly where it is: the weights as the last step left them,
     * what the optimizer remembers, and the weights' average where training keeps one. {@link SavedModel#forUse} of it
     * is the model to use.
     */
    public SavedModel snapshot() {
        requireOpen();
        Map<String, String> facts = new TreeMap<>(settings);
        trainingState.putInto(facts);
        return new SavedModel(
                network,
                torchModel.weights(),
                compilation,
                torchModel.optimizerState(),
                new TrainingFacts(preprocessing.toString(), classNames, trainingState.history(), facts));
    }

    /**
     * Saves the model for use in the format that the file's name asks for: {@code .keras} and {@code .h5} as Keras does,
     * {@code .onnx}, {@code .pth} and others. A file that is there is replaced when the new one is complete.
     *
     * <p>Keras's files hold the optimizer's memory, too, so that training goes on from them; but where training averages
     * weights, the file holds the average, and training goes on from a file of the {@link #snapshot} only.
     *
     * @param path its ending is one of {@link dev.resnet4j.formats.model.ModelFormat}'s
     * @throws dev.resnet4j.formats.FormatException if it cannot be written
     */
    public void save(Path path) {
        ModelFiles.write(snapshot().forUse(), path, OnnxOptions.DEFAULT);
    }

    private void requireFit(String what, Dataset data) {
        requireSize("each picture of " + what, Shape.of(data.height(), data.width(), data.channels()));
        if (!network.outputShape().equals(Shape.of(data.classes()))) {
            throw new EngineException(what + " has " + data.classes() + " classes, but network '" + network.name()
                    + "' has outputs of shape " + network.outputShape() + ": build it for " + data.classes()
                    + " classes");
        }
    }

    private void requireSize(String what, Shape shape) {
        if (!shape.equals(network.inputShape())) {
            throw new EngineException(what + " has shape " + shape + ", but network '" + network.name() + "' takes "
                    + network.inputShape() + ": resize the pictures, or build the network for their size");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    /** Frees the native memory. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            torchModel.close();
        }
    }
}
