package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Primitives in the order in which they run, and the memory between them: first they are added, then the memory is
 * arranged and placed, then they are run as often as wanted. Until closed.
 */
final class Plan implements AutoCloseable {
    private final NativeObjects owned = new NativeObjects();
    private final List<Step> steps = new ArrayList<>();
    private final List<Block> inArena = new ArrayList<>();
    private Arena arena;
    private long placedAt;

    /** How each primitive is to be made: its own working memory is the plan's. */
    primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    /** Memory of the plan's arena. */
    Block working(memory.desc layout) {
        memory place = owned.keep(new memory(layout, OneDnn.processor(), (Pointer) null));
        Block block = new Block(place, owned.keep(layout));
        inArena.add(block);
        return block;
    }

    /** Memory of the plan's own, all zeros, that no other block shares. */
    Block zeros(memory.desc layout) {
        memory place = owned.keep(new memory(layout, OneDnn.processor()));
        Pointer.memset(place.get_data_handle(), 0, layout.get_size());
        return new Block(place, owned.keep(layout));
    }

    /**
     * Some rows and columns of a block.
     *
     * @param sizes of the part
     * @param begin where it begins
     */
    Block part(Block whole, long[] sizes, long[] begin) {
        return within(whole, whole.layout().submemory_desc(sizes, begin));
    }

    /**
     * A block's memory, or a part of it, seen in another way.
     *
     * @param layout that lies within the block's
     */
    Block within(Block whole, memory.desc layout) {
        Block part = fixed(layout, whole.place().get_data_handle());
        whole.addPart(part);
        return part;
    }

    /** Some 32-bit numbers of the plan's own. */
    Block numbers(float... values) {
        Block block = zeros(Layouts.channels(values.length));
        new FloatPointer(block.place().get_data_handle()).put(values);
        return block;
    }

    /** Memory at an address that outlives the plan. */
    Block fixed(memory.desc layout, Pointer address) {
        return new Block(owned.keep(new memory(layout, OneDnn.processor(), address)), owned.keep(layout));
    }

    /** Memory that outlives the plan. */
    Block fixed(memory place) {
        return fixed(place.get_desc(), place.get_data_handle());
    }

    /**
     * Adds a primitive.
     *
     * @param scratchpad the working memory that it asks for
     * @param arguments by oneDNN's number of the argument
     */
    void add(primitive action, memory.desc scratchpad, Map<Integer, Block> arguments) {
        Map<Integer, Block> all = new LinkedHashMap<>(arguments);
        if (scratchpad.get_size() > 0) {
            Block block = working(scratchpad);
            all.put(dnnl.DNNL_ARG_SCRATCHPAD, block);
        }
        all.values().forEach(block -> block.usedIn(steps.size()));
        steps.add(Step.of(action, all, owned));
    }

    /** The numbers of a block in another order, or of another type; the block itself where it has them so. */
    Block inOrder(Block block, memory.desc wanted) {
        if (block.layout().equals(wanted)) {
            return block;
        }
        Block other = working(wanted);
        copy(block, other);
        return other;
    }

    /** Copies a block's numbers into the order, and the type, of another. */
    void copy(Block from, Block to) {
        copy(from, to, attributes(), Map.of());
    }

    /**
     * Copies a block's numbers into the order, and the type, of another.
     *
     * @param attributes what is done to them on the way
     * @param more what that takes, by oneDNN's number of the argument
     */
    void copy(Block from, Block to, primitive_attr attributes, Map<Integer, Block> more) {
        reorder.primitive_desc chosen = new reorder.primitive_desc(
                OneDnn.processor(), from.layout(), OneDnn.processor(), to.layout(), attributes, false);
        Map<Integer, Block> arguments = new LinkedHashMap<>(more);
        arguments.put(dnnl.DNNL_ARG_FROM, from);
        arguments.put(dnnl.DNNL_ARG_TO, to);
        add(new reorder(chosen), chosen.scratchpad_desc(), arguments);
    }

    /** How many primitives there are so far. */
    int size() {
        return steps.size();
    }

    /** Arranges the arena, once all primitives are there. */
    void arrange() {
        inArena.removeIf(block -> !block.isUsed());
        arena = Arena.of(
                inArena.stream().map(Block::bytes).toList(),
                (first, second) -> inArena.get(first).meets(inArena.get(second)));
    }

    /** How much memory the arena takes. */
    long bytes() {
        return arena.bytes();
    }

    /** Lays the arena at the begin of a memory that is large enough; to be called again when that has moved. */
    void placeIn(WorkingMemory memory) {
        memory.ensure(arena.bytes());
        if (memory.begin() == placedAt) {
            return;
        }
        placedAt = memory.begin();
        for (int index = 0; index < inArena.size(); index++) {
            inArena.get(index).moveTo(new Address(placedAt + arena.offsets().get(index)));
        }
    }

    /** Runs the primitives from one to before another. */
    void run(int from, int to) {
        for (int index = from; index < to; index++) {
            steps.get(index).run();
        }
        OneDnn.stream()._wait();
    }

    @Override
    public void close() {
        owned.close();
        steps.clear();
    }
}
