/** Hugging Face's safetensors: {@link dev.resnet4j.formats.safetensors.SafetensorsFile} reads and writes state dicts. */
package dev.resnet4j.formats.safetensors;
