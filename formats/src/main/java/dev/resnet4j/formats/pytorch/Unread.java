package dev.resnet4j.formats.pytorch;

/** Stands for a value of a pickle that is not built because no tensor depends on it. */
enum Unread {
    VALUE
}
