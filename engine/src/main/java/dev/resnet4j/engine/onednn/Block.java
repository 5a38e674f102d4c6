package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * A piece of memory that a plan's steps read and write: at an address that was given, or in the plan's arena from the first
 * step that uses it to the last.
 */
final class Block {
    private final memory place;
    private final memory.desc layout;
    private final List<Block> parts = new ArrayList<>();
    private Block whole = this;

    private int firstStep = Integer.MAX_VALUE;
    private int lastStep = Integer.MIN_VALUE;

    /**
     * @param place without an address yet, where it is to be in the arena
     * @param layout sizes, numbers and their order
     */
    Block(memory place, memory.desc layout) {
        this.place = place;
        this.layout = layout;
    }

    memory place() {
        return place;
    }

    /** Sizes, numbers and their order. */
    memory.desc layout() {
        return layout;
    }

    long bytes() {
        return layout.get_size();
    }

    /** Tells that a step uses it, or a part of it. */
    void usedIn(int step) {
        whole.firstStep = Math.min(whole.firstStep, step);
        whole.lastStep = Math.max(whole.lastStep, step);
    }

    /** Whether there is a step between whose begin and end both are needed. */
    boolean meets(Block other) {
        return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    boolean isUsed() {
        return firstStep <= lastStep;
    }

    void moveTo(Pointer address) {
        place.set_data_handle(address);
        parts.forEach(part -> part.moveTo(address));
    }

    /** Tells that another block is in the memory of this one: it is needed as long, and moves with it. */
    void addPart(Block part) {
        whole.parts.add(part);
        part.whole = whole;
    }
}
