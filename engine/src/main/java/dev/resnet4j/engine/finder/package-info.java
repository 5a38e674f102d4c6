/** Which learning rate to train with, found by trying (Smith 2017). */
package dev.resnet4j.engine.finder;
