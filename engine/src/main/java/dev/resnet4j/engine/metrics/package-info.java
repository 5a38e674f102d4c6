/** How good a classifier's answers are: immutable figures computed from labels and predictions, without any network. */
package dev.resnet4j.engine.metrics;
