/** Pictures that stand in two data sets: what a network has learned from tells little of what it knows. */
package dev.resnet4j.data.duplicates;
