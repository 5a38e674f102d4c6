/** Transfer learning in training: layers that are unfrozen step by step. */
package dev.resnet4j.engine.transfer;
