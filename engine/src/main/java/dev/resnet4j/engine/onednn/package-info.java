/**
 * oneDNN's primitives behind classes of our own: convolutions with what follows them fused in. A wrong address or size in
 * memory ends the process instead of throwing, so oneDNN's types do not leave this package.
 */
package dev.resnet4j.engine.onednn;
