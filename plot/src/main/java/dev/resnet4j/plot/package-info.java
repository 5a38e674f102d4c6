/**
 * A network's graph as a picture, as Keras's {@code plot_model} and {@code model_to_dot} draw it:
 * {@link dev.resnet4j.plot.NetworkPlot} writes it as PNG, SVG or DOT, {@link dev.resnet4j.plot.PlotOptions} say what it
 * shows. Graphviz is not needed.
 *
 * <p>Inside, a {@link dev.resnet4j.plot.Drawing} says which boxes and arrows there are; DOT is that, written down. For the
 * other two a {@link dev.resnet4j.plot.LayeredLayout} gives everything its place in a {@link dev.resnet4j.plot.Picture},
 * which is painted onto a {@link dev.resnet4j.plot.Canvas} of pixels or of SVG.
 */
package dev.resnet4j.plot;
