/** Ways to train that are known to work: the numbers of a training, each of which can be given anew. */
package dev.resnet4j.engine.recipe;
