/** What all contestants of a race share. Sees no library, so that each of them brings its own alone. */
package dev.resnet4j.benchmarks.contest;
