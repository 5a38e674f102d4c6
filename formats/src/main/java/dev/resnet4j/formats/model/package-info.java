/**
 * A model's file of any format: {@link dev.resnet4j.formats.model.ModelFiles} reads and writes them all,
 * {@link dev.resnet4j.formats.model.ModelFormat} tells them apart.
 */
package dev.resnet4j.formats.model;
