package dev.resnet4j.formats.pytorch;

/**
 * What a pickle may name: a {@link Function} or a {@link StorageType}. Nothing that it names is looked up in the running
 * program.
 */
sealed interface Global permits Function, StorageType {}
