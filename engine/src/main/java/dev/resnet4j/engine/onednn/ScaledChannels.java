package dev.resnet4j.engine.onednn;

import org.bytedeco.dnnl.memory;

/**
 * What each channel is multiplied with, and what is added then.
 *
 * @param layout of both: (1, channels, 1, 1), one 32-bit number a channel
 */
record ScaledChannels(memory.desc layout, memory factors, memory summands) {}
