/** The pictures of a data set as the numbers of one step after another. */
package dev.resnet4j.data.batch;
