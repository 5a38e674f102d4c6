/** Transfer learning: a trained network for other classes or pictures, and which of its layers learn, when and how fast. */
package dev.resnet4j.model.transfer;
