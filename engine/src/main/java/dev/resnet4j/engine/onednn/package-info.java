/**
 * oneDNN's primitives behind classes of our own: convolutions with what follows them fused in. As with libtorch, a wrong
 * argument ends the process, so oneDNN's types do not leave this package.
 */
package dev.resnet4j.engine.onednn;
