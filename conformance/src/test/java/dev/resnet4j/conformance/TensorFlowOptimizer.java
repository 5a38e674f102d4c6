package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;
import org.tensorflow.types.TFloat32;

/** An optimizer's steps on variables of TensorFlow by TensorFlow's own kernels, those that Keras calls. */
final class TensorFlowOptimizer implements AutoCloseable {
    private final Optimizer rule;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Operand<TFloat32> learningRate = tf.placeholder(TFloat32.class);
    private final Operand<TFloat32> beta1Power = tf.placeholder(TFloat32.class);
    private final Operand<TFloat32> beta2Power = tf.placeholder(TFloat32.class);
    private final Map<WeightName, Variable> variables = new LinkedHashMap<>();
    private final Map<VarHandleOp, NdArray> starts = new LinkedHashMap<>();
    private final Session session;
    private int iterations;

    /**
     * A number array that a step changes.
     *
     * @param handle names it
     * @param value reads it
     */
    private record Resource(VarHandleOp handle, Operand<TFloat32> value) {}

    /**
     * One weight in TensorFlow's memory.
     *
     * @param weight the numbers
     * @param slots what the optimizer remembers of them
     * @param gradient what the step is given
     * @param step changes weight and slots
     */
    private record Variable(Resource weight, Map<String, Resource> slots, Operand<TFloat32> gradient, Op step) {}

    /** Starts from these weights, with nothing remembered. */
    TensorFlowOptimizer(Optimizer rule, Map<WeightName, NdArray> weights) {
        this.rule = rule;
        weights.forEach((name, array) -> variables.put(name, variable(array)));
        this.session = new Session(graph);
        assignStarts();
    }

    private Variable variable(NdArray array) {
        Resource weight = resource(array);
        Operand<TFloat32> gradient = tf.placeholder(TFloat32.class);
        NdArray zeros = new NdArray(array.shape(), new float[array.values().length]);
        Map<String, Resource> slots = new LinkedHashMap<>();
        Op step;
        if (rule instanceof Adam adam) {
            slots.put("momentum", resource(zeros));
            slots.put("velocity", resource(zeros));
            step = adamStep(adam, weight, slots, gradient);
        } else if (rule instanceof Sgd sgd && sgd.momentum() > 0) {
            slots.put("momentum", resource(zeros));
            step = momentumStep(sgd, weight, slots, gradient);
        } else {
            step = tf.train.resourceApplyGradientDescent(weight.handle(), learningRate, gradient);
        }
        return new Variable(weight, slots, gradient, step);
    }

    private Resource resource(NdArray start) {
        // Variables of one name are one variable.
        VarHandleOp handle = tf.varHandleOp(
                TFloat32.class,
                TensorFlowArrays.toTensorFlow(start.shape()),
                VarHandleOp.sharedName("variable " + starts.size()));
        starts.put(handle, start);
        return new Resource(handle, tf.readVariableOp(handle, TFloat32.class));
    }

    private Op adamStep(Adam adam, Resource weight, Map<String, Resource> slots, Operand<TFloat32> gradient) {
        return tf.train.resourceApplyAdam(
                weight.handle(),
                slots.get("momentum").handle(),
                slots.get("velocity").handle(),
                beta1Power,
                beta2Power,
                learningRate,
                tf.constant((float) adam.beta1()),
                tf.constant((float) adam.beta2()),
                tf.constant((float) adam.epsilon()),
                gradient);
    }

    private Op momentumStep(Sgd sgd, Resource weight, Map<String, Resource> slots, Operand<TFloat32> gradient) {
        return tf.train.resourceApplyKerasMomentum(
                weight.handle(),
                slots.get("momentum").handle(),
                learningRate,
                gradient,
                tf.constant((float) sgd.momentum()),
                ResourceApplyKerasMomentum.useNesterov(sgd.nesterov()));
    }

    private void assignStarts() {
        Map<Operand<TFloat32>, NdArray> values = new LinkedHashMap<>();
        List<Op> assignments = new ArrayList<>();
        starts.forEach((handle, start) -> {
            Operand<TFloat32> value = tf.placeholder(TFloat32.class);
            values.put(value, start);
            assignments.add(tf.assignVariableOp(handle, value));
        });
        TensorFlowRun.targets(session, values, assignments);
    }

    /** One step on all weights. */
    void step(Map<WeightName, NdArray> gradients, double rate) {
        iterations++;
        Map<Operand<TFloat32>, NdArray> values = new LinkedHashMap<>();
        values.put(learningRate, TestArrays.number(rate));
        if (rule instanceof Adam adam) {
            values.put(beta1Power, power(adam.beta1()));
            values.put(beta2Power, power(adam.beta2()));
        }
        List<Op> steps = new ArrayList<>();
        variables.forEach((name, variable) -> {
            values.put(variable.gradient(), gradients.get(name));
            steps.add(variable.step());
        });
        TensorFlowRun.targets(session, values, steps);
    }

    /** Of the decay as a 32-bit number, as Keras has it. */
    private NdArray power(double beta) {
        return TestArrays.number(Math.pow((float) beta, iterations));
    }

    /** The weights as they are now. */
    Map<WeightName, NdArray> weights() {
        return read(Variable::weight);
    }

    /** What is remembered of each weight under this name. */
    Map<WeightName, NdArray> slots(String slot) {
        return read(variable -> variable.slots().get(slot));
    }

    private Map<WeightName, NdArray> read(Function<Variable, Resource> what) {
        Map<WeightName, Operand<TFloat32>> values = new LinkedHashMap<>();
        variables.forEach(
                (name, variable) -> values.put(name, what.apply(variable).value()));
        return TensorFlowRun.fetch(session, Map.of(), values);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
