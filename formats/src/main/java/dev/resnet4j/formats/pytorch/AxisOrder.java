package dev.resnet4j.formats.pytorch;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/** Arrays with their axes in another order, as NumPy's {@code transpose} gives them. */
final class AxisOrder {
    private AxisOrder() {}

    /** @param axes for each axis of the result the axis of the array that it is, each once */
    static NdArray transposed(NdArray array, List<Integer> axes) {
        int rank = array.shape().rank();
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= array.shape().dimension(axis);
        }
        Shape shape = new Shape(axes.stream().map(array.shape()::dimension).toList());
        float[] values = new float[array.values().length];
        int[] index = new int[rank];
        int from = 0;
        for (int to = 0; to < values.length; to++) {
            values[to] = array.values()[from];
            // As a milometer counts: the last axis that is not yet at its end moves on, those after it start again.
            for (int axis = rank - 1; axis >= 0; axis--) {
                int step = strides[axes.get(axis)];
                from += step;
                if (++index[axis] < shape.dimension(axis)) {
                    break;
                }
                from -= step * shape.dimension(axis);
                index[axis] = 0;
            }
        }
        return new NdArray(shape, values);
    }
}
