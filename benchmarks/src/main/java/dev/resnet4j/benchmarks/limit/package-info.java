/**
 * How fast this machine could be, were nothing to do but the network's convolutions. Calls oneDNN itself: what a library in
 * between costs would be taken for a limit of the machine.
 */
package dev.resnet4j.benchmarks.limit;
