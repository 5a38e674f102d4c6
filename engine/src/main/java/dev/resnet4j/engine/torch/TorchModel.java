package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.EngineException;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.engine.onednn.TrainableBody;
import dev.resnet4j.engine.onednn.ValueRange;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.WeightNorms;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A network with its weights and its optimizer on libtorch. For one thread at a time. Takes and gives plain arrays:
 * pictures are (batch, height, width, channels), labels one-hot (batch, classes).
 */
public final class TorchModel implements AutoCloseable {
    private static final long LARGEST_SLOW_FEATURE_MAP = 20_480;

    private final org.bytedeco.pytorch.Device device;
    private final GraphUses uses;
    private final CategoricalCrossentropy crossentropy;
    private final boolean onProcessor;
    private final boolean singlesAreSlow;
    private final Map<Precision, CompiledNetwork> compiledNetworks = new EnumMap<>(Precision.class);
    private Network network;
    private NativeWeights weights;
    private Compilation compilation;
    private WeightUpdate update;
    private PlannedTraining plannedTraining;
    private boolean plansTraining = true;
    /** Of feature maps, by their nodes' names, once calibrated. */
    private Optional<Map<String, ValueRange>> ranges = Optional.empty();

    /**
     * A network to be run.
     *
     * @param weights whose numbers are not changed from now on: they are copied to the device when they are needed
     * @throws dev.resnet4j.engine.EngineException if libtorch does not run here, or there is no such device
     * @throws IllegalArgumentException if the weights are not the network's
     */
    public TorchModel(Network network, Weights weights, Device device) {
        this.network = network.flattened();
        this.device = NativeLibrary.open(device);
        this.weights = new NativeWeights(this.network, weights, this.device);
        this.uses = new GraphUses(this.network);
        this.crossentropy = new CategoricalCrossentropy(this.network);
        this.onProcessor = device == Device.CPU;
        this.singlesAreSlow = onProcessor && hasSmallFeatureMaps(this.network);
    }

    /**
     * libtorch leaves oneDNN's fast convolutions aside for a single picture with a small feature map; then two pictures
     * take a fraction of the time of one.
     */
    private static boolean hasSmallFeatureMaps(Network network) {
        return convolutions(network)
                .map(node -> network.node(node.inputs().get(0)).outputShape())
                .anyMatch(shape -> shape.elements() <= LARGEST_SLOW_FEATURE_MAP);
    }

    private static Stream<Node> convolutions(Network network) {
        return network.nodes().stream().filter(node -> node.layer() instanceof Conv2D);
    }

    /**
     * Trains in this way from now on, from an earlier state where one is given.
     *
     * @throws IllegalArgumentException if the state is another rule's or another network's
     */
    public void compile(Compilation compilation, Optional<OptimizerState> earlier) {
        closeCompiledNetworks();
        closeUpdate();
        this.compilation = compilation;
        planTraining(network, weights.numbers());
        update = new WeightUpdate(network, weights, device, compilation, earlier);
    }

    /** Trains layer by layer from now on, as the reference does. To be called before {@link #compile}. */
    void trainLayerByLayer() {
        plansTraining = false;
    }

    /** Whether batches of this size are trained by a plan. */
    boolean plans(int batch, Precision precision) {
        return plannedTraining != null && plannedTraining.plans(batch, precision);
    }

    /** Whether moving statistics stay until nothing can go wrong any more. */
    private boolean movesStatisticsLast(List<LabelledBatch> batches, Precision precision) {
        return batches.size() == 1
                && plans(batches.get(0).size(), precision)
                && plannedTraining.holdsAllNormalizations();
    }

    /** Puts the weights where the network's body can be trained by a plan, where there is one. */
    private void planTraining(Network changed, Weights numbers) {
        Optional<TrainableBody> body = plansTraining && onProcessor && OneDnn.convolves(NumberType.FLOAT)
                ? TrainableBody.of(changed)
                : Optional.empty();
        closePlannedTraining();
        weights.close();
        network = changed;
        weights = new NativeWeights(
                changed, numbers, device, body.map(PlannedTraining::layouts).orElse(Map.of()));
        plannedTraining = body.map(part -> new PlannedTraining(changed, part, weights, uses, crossentropy))
                .orElse(null);
    }

    private void closePlannedTraining() {
        if (plannedTraining != null) {
            plannedTraining.close();
            plannedTraining = null;
        }
    }

    /**
     * Goes on with the same network of which other layers are frozen. All weights stay as they are. The optimizer keeps
     * what it remembers of the weights that stay trainable; of those that were frozen it remembers nothing.
     */
    public void setFrozen(Network sameNetwork) {
        Network changed = sameNetwork.flattened();
        Optional<OptimizerState> state =
                optimizerState().map(before -> before.forTrainable(compilation.optimizer(), changed));
        closeCompiledNetworks();
        closeUpdate();
        planTraining(changed, weights.numbers());
        update = state.map(after -> new WeightUpdate(changed, weights, device, compilation, Optional.of(after)))
                .orElse(null);
    }

    /** Trains with this rule and nothing else to it from now on, from an earlier state where one is given. */
    public void setOptimizer(Optimizer rule, Optional<OptimizerState> earlier) {
        compile(new Compilation(rule, Loss.CATEGORICAL_CROSSENTROPY), earlier);
    }

    /** One training step on one batch; see {@link #train(List, Precision, double, long)}. */
    public BatchScores train(NdArray pictures, NdArray labels, Precision precision, double learningRate, long seed) {
        return train(List.of(new LabelledBatch(pictures, labels)), precision, learningRate, seed);
    }

    /**
     * One training step: forward and backward of each batch, and a change of the weights by the mean gradient of all
     * their pictures. Where a loss is not finite, and where an exception is thrown, all weights and moving statistics
     * stay as they were.
     *
     * @param batches at least one; batch normalisation takes the statistics of each
     * @param learningRate of this step
     * @param seed of what dropout, noise and augmentation draw in this step
     * @return the scores of all batches together before the change; the loss is that of {@link #compile}
     */
    public BatchScores train(List<LabelledBatch> batches, Precision precision, double learningRate, long seed) {
        return train(batches, precision, learningRate, seed, Optional.empty());
    }

    /**
     * One training step; see {@link #train(List, Precision, double, long)}.
     *
     * @param norms where given, is told the norms of each trainable weight and its gradient before the change; not where
     *     there is none, and not where the loss is not finite
     */
    public BatchScores train(
            List<LabelledBatch> batches,
            Precision precision,
            double learningRate,
            long seed,
            Optional<Consumer<List<WeightNorms>>> norms) {
        if (precision == Precision.INT8) {
            throw new IllegalArgumentException("gradients are lost in int8: train in fp32 or bf16");
        }
        closeCompiledNetworks();
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> movingStatistics =
                    movesStatisticsLast(batches, precision) ? List.of() : weights.copyMovingStatistics();
            boolean taken = false;
            try {
                StepGradients step = gradients(batches, precision, seed, scope);
                if (step.isFinite()) {
                    try (NoGradGuard noGradients = new NoGradGuard()) {
                        norms.ifPresent(told -> told.accept(norms(step.gradients())));
                        update.apply(step.gradients(), learningRate);
                    }
                    taken = true;
                }
                return step.scores();
            } finally {
                if (!taken) {
                    weights.restoreMovingStatistics(movingStatistics);
                }
                // Whoever was told of the norms may have predicted with the weights before.
                closeCompiledNetworks();
            }
        } catch (RuntimeException failure) {
            throw NativeFailure.explain(failure);
        }
    }

    private List<WeightNorms> norms(Gradients gradients) {
        List<WeightName> names = List.copyOf(weights.trainable().keySet());
        if (names.isEmpty()) {
            return List.of();
        }
        float[] ofGradients = numbers(gradients.norms(), names.size());
        float[] ofWeights = numbers(Gradients.norms(weights.trainable().values()), names.size());
        return IntStream.range(0, names.size())
                .mapToObj(index -> new WeightNorms(names.get(index), ofGradients[index], ofWeights[index]))
                .toList();
    }

    private static float[] numbers(Tensor list, int length) {
        return Tensors.download(list, Shape.of(length)).values();
    }

    /** What some batches of one step came to: their scores together, and the mean gradient of their pictures. */
    private record StepGradients(BatchScores scores, Gradients gradients) {
        StepGradients plus(StepGradients other) {
            return new StepGradients(scores.plus(other.scores), gradients.plus(other.gradients));
        }

        StepGradients copy() {
            return new StepGradients(scores, gradients.copy());
        }

        boolean isFinite() {
            return Double.isFinite(scores.loss());
        }
    }

    /** @param scope of the step, which is to hold the gradients; all else of a batch is let go with it */
    private StepGradients gradients(List<LabelledBatch> batches, Precision precision, long seed, PointerScope scope) {
        int samples = batches.stream().mapToInt(LabelledBatch::size).sum();
        StepGradients sum = new StepGradients(new BatchScores(0, 0), Gradients.NONE);
        for (int index = 0; index < batches.size() && sum.isFinite(); index++) {
            LabelledBatch batch = batches.get(index);
            try (PointerScope scopeOfBatch = new PointerScope()) {
                torch.manual_seed(seed + index);
                StepGradients ofBatch = gradients(batch, (double) batch.size() / samples, precision);
                // The next batch writes where this one did.
                sum = sum.plus(index == 0 && batches.size() > 1 ? ofBatch.copy() : ofBatch);
                sum.gradients().tensors().forEach(scope::attach);
            }
        }
        return sum;
    }

    /** @param share of the batch's pictures among all of the step */
    private StepGradients gradients(LabelledBatch batch, double share, Precision precision) {
        TrainingPass pass = trainingPass(batch.size(), precision, Statistics.BATCH_AND_UPDATE);
        Tensor labels = Tensors.upload(batch.labels(), device);
        Tensor scores = pass.scores(Tensors.uploadPictures(batch.pictures(), device));
        Tensor loss = trainingLoss(scores, labels, batch.sampleWeights());
        Tensor shareOfLoss = share == 1 ? loss : loss.mul(new Scalar(share));
        double value = pass.isFinite() ? shareOfLoss.item_float() : Double.NaN;
        return new StepGradients(
                new BatchScores(value, CategoricalCrossentropy.correct(scores, labels)),
                Double.isFinite(value) ? pass.gradients(shareOfLoss) : Gradients.NONE);
    }

    private TrainingPass trainingPass(int batch, Precision precision, Statistics statistics) {
        return Optional.ofNullable(plannedTraining)
                .flatMap(planned -> planned.pass(batch, precision, statistics))
                .orElseGet(() -> layerwisePass(precision, statistics));
    }

    private TrainingPass layerwisePass(Precision precision, Statistics statistics) {
        ForwardPass pass = pass(weights, statistics, precision);
        return new LayerwiseTrainingPass(weights, pictures -> crossentropy.scores(pass, pictures));
    }

    private Tensor trainingLoss(Tensor scores, Tensor labels, Optional<NdArray> sampleWeights) {
        Loss loss = compilation == null ? Loss.CATEGORICAL_CROSSENTROPY : compilation.loss();
        Tensor smoothed = CategoricalCrossentropy.smooth(labels, loss.labelSmoothing());
        return sampleWeights.isEmpty()
                ? crossentropy.loss(scores, smoothed)
                : crossentropy.loss(scores, smoothed, Tensors.upload(sampleWeights.get(), device));
    }

    /**
     * The gradients of a batch's training loss, in Keras's shapes and the network's order. Batch normalisation takes the
     * batch's statistics and the moving ones stay; dropout, noise and augmentation do nothing.
     */
    public Map<WeightName, NdArray> gradients(NdArray pictures, NdArray labels, Precision precision) {
        try (PointerScope scope = new PointerScope()) {
            TrainingPass pass = trainingPass(pictures.shape().dimension(0), precision, Statistics.BATCH);
            Tensor scores = pass.scores(Tensors.uploadPictures(pictures, device));
            Tensor loss = trainingLoss(scores, Tensors.upload(labels, device), Optional.empty());
            Gradients gradients = pass.gradients(loss);
            Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
            for (WeightName name : weights.trainable().keySet()) {
                arrays.put(name, weights.download(name, gradients.tensors().get(arrays.size())));
            }
            return arrays;
        }
    }

    /**
     * The scores of a batch with the weights for use, without changing anything. The loss is without label smoothing.
     *
     * @param batchStatistics whether batch normalisation takes the batch's statistics instead of the moving ones
     */
    public BatchScores evaluate(NdArray pictures, NdArray labels, Precision precision, boolean batchStatistics) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGradients = new NoGradGuard()) {
            Tensor target = Tensors.upload(labels, device);
            ForwardPass pass = batchStatistics
                    ? pass(inUse(), Statistics.BATCH, precision)
                    : passInUse(compiledNetwork(pictures, precision), precision);
            Tensor scores = crossentropy.scores(pass, Tensors.uploadPictures(pictures, device));
            double loss = crossentropy.loss(scores, target).item_float();
            return new BatchScores(loss, CategoricalCrossentropy.correct(scores, target));
        } catch (RuntimeException failure) {
            throw NativeFailure.explain(failure);
        }
    }

    /** The network's outputs for a batch of inputs, with a batch axis in front, with the weights for use. */
    public NdArray predict(NdArray inputs, Precision precision) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGradients = new NoGradGuard()) {
            Optional<CompiledNetwork> compiled = compiledNetwork(inputs, precision);
            boolean alone = inputs.shape().dimension(0) == 1;
            boolean doubled = alone && singlesAreSlow && leavesConvolutionsToLibtorch(compiled);
            NdArray batch = doubled ? twice(inputs) : inputs;
            Tensor output = passInUse(compiled, precision).output(Tensors.uploadPictures(batch, device));
            NdArray outputs = Tensors.downloadOutputs(output, network.outputShape());
            return doubled ? firstOf(outputs) : outputs;
        } catch (RuntimeException failure) {
            throw NativeFailure.explain(failure);
        }
    }

    /**
     * Grad-CAM (Selvaraju et al. 2017, section 3): where in a layer's output it speaks for a class. The gradient of the
     * class's score with respect to the output, averaged over its rows and columns, weighs its channels; their sum is kept
     * where it is above 0. The score is the one before the softmax that the network ends with, if it does. The weights for
     * use and the moving statistics are taken, and nothing changes.
     *
     * @param input a batch of one
     * @param node a layer of the flattened network whose output is (height, width, channels)
     * @param classIndex from 0
     * @return (height, width), each at least 0
     */
    public NdArray gradCam(NdArray input, String node, int classIndex) {
        Shape output = network.node(node).outputShape();
        try (PointerScope scope = new PointerScope()) {
            ForwardPass pass = new ForwardPass(
                    network,
                    LayerOperation.of(network, inUse(), uses, Statistics.MOVING, Precision.FP32),
                    uses,
                    Precision.FP32,
                    Optional.of(node));
            Tensor scores = crossentropy.scores(pass, Tensors.uploadPictures(input, device));
            Tensor score = scores.select(1, classIndex).sum();
            Tensor features = pass.watched();
            TensorVector gradient = torch.grad(new TensorVector(score), new TensorVector(features));
            try (NoGradGuard noGradients = new NoGradGuard()) {
                Tensor importance = gradient.get(0).mean(new long[] {2, 3}, true, new ScalarTypeOptional());
                Tensor map = importance.mul(features).sum(1).relu();
                return Tensors.download(map, Shape.of(output.height(), output.width()));
            }
        } catch (RuntimeException failure) {
            throw NativeFailure.explain(failure);
        }
    }

    private static NdArray twice(NdArray single) {
        float[] values = Arrays.copyOf(single.values(), 2 * single.values().length);
        System.arraycopy(single.values(), 0, values, single.values().length, single.values().length);
        return new NdArray(withoutBatch(single).withBatch(2), values);
    }

    private static NdArray firstOf(NdArray pair) {
        Shape shape = withoutBatch(pair);
        return new NdArray(shape.withBatch(1), Arrays.copyOf(pair.values(), pair.values().length / 2));
    }

    private static Shape withoutBatch(NdArray array) {
        return new Shape(array.shape().dimensions().subList(1, array.shape().rank()));
    }

    private ForwardPass pass(NativeWeights chosen, Statistics statistics, Precision precision) {
        return ForwardPass.ofLayers(network, chosen, uses, statistics, precision);
    }

    /** With the weights for use and the moving statistics. */
    private ForwardPass passInUse(Optional<CompiledNetwork> compiled, Precision precision) {
        return compiled.map(CompiledNetwork::pass).orElseGet(() -> pass(inUse(), Statistics.MOVING, precision));
    }

    private boolean leavesConvolutionsToLibtorch(Optional<CompiledNetwork> compiled) {
        long planned = compiled.map(CompiledNetwork::plannedConvolutions).orElse(0L);
        return planned < convolutions(network).count();
    }

    /** Compiled once for many batches. Empty where oneDNN cannot, or would hide that an input is not a number. */
    private Optional<CompiledNetwork> compiledNetwork(NdArray inputs, Precision precision) {
        if (precision == Precision.INT8) {
            requireCalibrated();
        }
        if (!onProcessor
                || !OneDnn.convolves(CompiledNetwork.numbers(precision))
                || !Float.isFinite(inputs.largestMagnitude())) {
            return Optional.empty();
        }
        return Optional.of(compiledNetworks.computeIfAbsent(
                precision,
                chosen -> new CompiledNetwork(
                        network,
                        inUse(),
                        uses,
                        chosen,
                        ranges.orElse(Map.of()),
                        inputs.shape().dimension(0))));
    }

    /**
     * Finds out between which numbers the feature maps lie, as {@link Precision#INT8} needs to know. Forgotten when the
     * weights change.
     *
     * @param batches of pictures like those that it will see
     * @throws EngineException if there is no int8 here, or a feature map is not finite
     */
    public void calibrate(Iterable<NdArray> batches) {
        requireInt8();
        Calibration calibration = new Calibration();
        for (NdArray batch : batches) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGradients = new NoGradGuard()) {
                List<ObservedOperation> operations =
                        LayerOperation.of(network, inUse(), uses, Statistics.MOVING, Precision.FP32).stream()
                                .map(operation -> new ObservedOperation(operation, calibration::observe))
                                .toList();
                Tensor pictures = Tensors.uploadPictures(batch, device);
                calibration.observe(network.nodes().get(0).name(), pictures);
                new ForwardPass(network, operations, uses, Precision.FP32).output(pictures);
            } catch (RuntimeException failure) {
                throw NativeFailure.explain(failure);
            }
        }
        if (!calibration.isFinite()) {
            throw new EngineException("the network makes numbers that are not finite of the calibration pictures:"
                    + " calibrate one whose training has not failed");
        }
        closeCompiledNetworks();
        ranges = Optional.of(calibration.ranges());
    }

    /** How many convolutions are worked out in bytes, once it has predicted so. */
    int convolutionsInBytes() {
        return Optional.ofNullable(compiledNetworks.get(Precision.INT8))
                .map(CompiledNetwork::convolutionsInBytes)
                .orElse(0);
    }

    private void requireInt8() {
        if (!onProcessor || !OneDnn.convolvesBytes()) {
            throw new EngineException(
                    "int8 is for processors with fast convolutions of bytes, and this device has none:"
                            + " take fp32 or bf16");
        }
    }

    private void requireCalibrated() {
        requireInt8();
        if (ranges.isEmpty()) {
            throw new EngineException("the model is not calibrated for int8: calibrate it with some pictures like those"
                    + " that it will see, and again whenever its weights have changed");
        }
    }

    /** To be called before the weights for use change. */
    private void closeCompiledNetworks() {
        compiledNetworks.values().forEach(CompiledNetwork::close);
        compiledNetworks.clear();
        ranges = Optional.empty();
    }

    /** A copy of the weights that training goes on with. */
    public Weights weights() {
        return weights.download();
    }

    /** A copy of the weights for use: their average where training keeps one, else the weights themselves. */
    public Weights weightsForUse() {
        return inUse().download();
    }

    private NativeWeights inUse() {
        return weightUpdate().flatMap(WeightUpdate::average).orElse(weights);
    }

    private Optional<WeightUpdate> weightUpdate() {
        return Optional.ofNullable(update);
    }

    /** A copy of what the optimizer remembers and of the weights' average; empty before {@link #compile}. */
    public Optional<OptimizerState> optimizerState() {
        return weightUpdate().map(WeightUpdate::state);
    }

    /** How many steps the optimizer has taken. */
    public long iterations() {
        return weightUpdate().map(WeightUpdate::iterations).orElse(0L);
    }

    private void closeUpdate() {
        weightUpdate().ifPresent(WeightUpdate::close);
        update = null;
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        closeCompiledNetworks();
        closeUpdate();
        closePlannedTraining();
        weights.close();
        device.close();
    }
}
