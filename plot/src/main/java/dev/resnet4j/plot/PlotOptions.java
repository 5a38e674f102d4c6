package dev.resnet4j.plot;

/**
 * What a picture of a network shows, and which way; the options of Keras's {@code plot_model}.
 *
 * @param showShapes whether each box has the shapes that go into the layer and come out ({@code show_shapes})
 * @param showDataTypes whether each box has the type of the layer's numbers ({@code show_dtype}); it is float32 everywhere
 * @param showLayerNames whether each box has the layer's name before its class ({@code show_layer_names})
 * @param showLayerActivations whether the box of a layer that ends in an activation function has the function's name
 *     ({@code show_layer_activations})
 * @param expandNested whether a nested network is a frame with its layers in it, instead of a box
 *     ({@code expand_nested})
 * @param direction where the input stands ({@code rankdir})
 * @param dpi pixels per inch of a PNG, where letters are a sixth of an inch high; 24 to 1200. SVG and DOT have no pixels
 */
public record PlotOptions(
        boolean showShapes,
        boolean showDataTypes,
        boolean showLayerNames,
        boolean showLayerActivations,
        boolean expandNested,
        Direction direction,
        int dpi) {
    /** The resolution of Keras 2. */
    public static final int DEFAULT_DPI = 96;

    private static final int LOWEST_DPI = 24;
    private static final int HIGHEST_DPI = 1200;

    /** Keras 2's defaults: names and classes alone, from the top down, nested networks closed, 96 pixels per inch. */
    public PlotOptions() {
        this(false, false, true, false, false, Direction.TOP_TO_BOTTOM, DEFAULT_DPI);
    }

    /** @throws IllegalArgumentException if the resolution is not from 24 to 1200 */
    public PlotOptions {
        if (dpi < LOWEST_DPI || dpi > HIGHEST_DPI) {
            throw new IllegalArgumentException(
                    "a picture has from " + LOWEST_DPI + " to " + HIGHEST_DPI + " pixels per inch, got " + dpi);
        }
    }

    /** With or without shapes. */
    public PlotOptions withShapes(boolean newShowShapes) {
        return new PlotOptions(
                newShowShapes, showDataTypes, showLayerNames, showLayerActivations, expandNested, direction, dpi);
    }

    /** With or without data types. */
    public PlotOptions withDataTypes(boolean newShowDataTypes) {
        return new PlotOptions(
                showShapes, newShowDataTypes, showLayerNames, showLayerActivations, expandNested, direction, dpi);
    }

    /** With or without the layers' names. */
    public PlotOptions withLayerNames(boolean newShowLayerNames) {
        return new PlotOptions(
                showShapes, showDataTypes, newShowLayerNames, showLayerActivations, expandNested, direction, dpi);
    }

    /** With or without activation functions. */
    public PlotOptions withLayerActivations(boolean newShowLayerActivations) {
        return new PlotOptions(
                showShapes, showDataTypes, showLayerNames, newShowLayerActivations, expandNested, direction, dpi);
    }

    /** With nested networks opened or closed. */
    public PlotOptions withExpandNested(boolean newExpandNested) {
        return new PlotOptions(
                showShapes, showDataTypes, showLayerNames, showLayerActivations, newExpandNested, direction, dpi);
    }

    /** In this direction. */
    public PlotOptions withDirection(Direction newDirection) {
        return new PlotOptions(
                showShapes, showDataTypes, showLayerNames, showLayerActivations, expandNested, newDirection, dpi);
    }

    /** At this resolution, in pixels per inch. */
    public PlotOptions withDpi(int newDpi) {
        return new PlotOptions(
                showShapes, showDataTypes, showLayerNames, showLayerActivations, expandNested, direction, newDpi);
    }
}
