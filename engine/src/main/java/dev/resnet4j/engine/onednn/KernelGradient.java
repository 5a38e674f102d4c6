package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** Plans the gradients of a convolution's kernel and bias. */
final class KernelGradient {
    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Convolution layer;
    private final ConvolutionShape shape;
    private final Map<WeightName, Pointer> gradients;
    private final Optional<PicturesInARow> row;
    private final ConvolutionTrainingDescriptors descriptors;

    /** @param descriptors of the convolution as it is on the way forward */
    KernelGradient(
            TrainingPlanner planner, PlannedLayer.Convolution layer, ConvolutionTrainingDescriptors descriptors) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
        this.shape = layer.shape();
        this.gradients = planner.places().gradients();
        this.row = PicturesInARow.of(shape, planner.batch(), planner.numbers());
        this.descriptors = descriptors;
    }

    /**
     * @param input of the convolution
     * @param gradient of its output
     * @param forward how it is worked out on the way forward
     */
    void plan(Block input, Block gradient, convolution_forward.primitive_desc forward) {
        convolution_backward_weights.primitive_desc chosen =
                row.map(this::ofRow).orElseGet(() -> descriptors.kernelGradient(forward));
        Block wanted = plan.fixed(shape.kernelOrder(), gradients.get(layer.kernel()));
        boolean inPlace = chosen.diff_weights_desc().equals(wanted.layout());
        Block ofKernel = inPlace ? wanted : plan.working(chosen.diff_weights_desc());
        Map<Integer, Block> arguments = new LinkedHashMap<>();
        arguments.put(dnnl.DNNL_ARG_SRC, inOrder(input, shape.input(), chosen.src_desc()));
        arguments.put(dnnl.DNNL_ARG_DIFF_DST, inOrder(gradient, shape.output(), chosen.diff_dst_desc()));
        arguments.put(dnnl.DNNL_ARG_DIFF_WEIGHTS, ofKernel);
        layer.bias()
                .ifPresent(name ->
                        arguments.put(dnnl.DNNL_ARG_DIFF_BIAS, plan.fixed(layer.biasOrder(), gradients.get(name))));
        plan.add(new convolution_backward_weights(chosen), chosen.scratchpad_desc(), arguments);
        if (!inPlace) {
            plan.copy(ofKernel, wanted);
        }
    }

    private convolution_backward_weights.primitive_desc ofRow(PicturesInARow pictures) {
        ConvolutionTrainingDescriptors wide = planner.descriptors(
                layer,
                pictures.anyOrder(shape.input(), planner.numbers()),
                pictures.anyOrder(shape.output(), planner.numbers()));
        return wide.kernelGradient(wide.forward());
    }

    private Block inOrder(Block featureMaps, Shape one, memory.desc order) {
        return row.map(pictures -> pictures.joined(plan, featureMaps, one, order))
                .orElseGet(() -> plan.inOrder(featureMaps, order));
    }
}
