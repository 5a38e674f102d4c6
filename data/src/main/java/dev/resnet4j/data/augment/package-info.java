/** Random changes of training pictures that leave their class as it is. */
package dev.resnet4j.data.augment;
