/** Small pieces of a run, each timed by JMH: what a step of a race spends its time on, and what prepares it. */
package dev.resnet4j.benchmarks.jmh;
