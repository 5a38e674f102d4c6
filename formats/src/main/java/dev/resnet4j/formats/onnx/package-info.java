/** ONNX's files. {@link dev.resnet4j.formats.onnx.OnnxFile} writes a model for ONNX Runtime and other runtimes to run. */
package dev.resnet4j.formats.onnx;
