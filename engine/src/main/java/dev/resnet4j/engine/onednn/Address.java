package dev.resnet4j.engine.onednn;

import org.bytedeco.javacpp.Pointer;

/** A place in memory that belongs to something else: to close it frees nothing. */
final class Address extends Pointer {
    Address(long address) {
        this.address = address;
    }
}
