package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the tensors and containers of a pickle, and nothing else. A pickle is a program for a machine with a stack; in
 * Python it may call any function there is. Here it may name the {@linkplain Function few functions} and
 * {@linkplain StorageType classes} of which state dicts are made; all others are refused by name, none is looked up or
 * run.
 *
 * <p>Values become {@link String}, {@link Long} (a larger integer: {@link java.math.BigInteger}), {@link Double},
 * {@link Boolean}, {@code byte[]}, {@link List} (lists can grow, tuples cannot), {@link PickleDict}, {@link Storage},
 * {@link TensorView}; {@code None} and what no tensor needs become {@link Unread}.
 */
final class Unpickler {
    /** A state dict takes about forty instructions a tensor. */
    private static final int MOST_INSTRUCTIONS = 1_000_000;

    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<String, Storage> storages = new LinkedHashMap<>();
    private final Set<String> refusedGlobals = new LinkedHashSet<>();

    Unpickler(PickleInput in) {
        this.in = in;
    }

    /**
     * What the pickle stands for.
     *
     * @throws FormatException if it is damaged, or names what is neither tensor nor container
     */
    Unpickled load() {
        Object value;
        try {
            value = run();
        } catch (IllegalArgumentException e) {
            requireNoGlobalRefused();
            throw in.damaged(e.getMessage());
        } catch (FormatException e) {
            requireNoGlobalRefused();
            throw e;
        }
        requireNoGlobalRefused();
        return new Unpickled(value, storages);
    }

    private void requireNoGlobalRefused() {
        if (!refusedGlobals.isEmpty()) {
            throw in.refused(
                    "it is a pickle that wants to call " + String.join(", ", refusedGlobals)
                            + ", and resnet4j builds tensors and containers only",
                    "in PyTorch, save the state dict alone: torch.save(model.state_dict(), file)");
        }
    }

    private Object run() {
        for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
            int code = in.unsignedByte();
            Optional<Opcode> opcode = Opcode.of(code);
            if (opcode.isEmpty()) {
                throw in.damaged("instruction 0x" + Integer.toHexString(code) + " builds no tensor and no container");
            }
            if (opcode.get() == Opcode.STOP) {
                return stack.pop();
            }
            execute(opcode.get());
        }
        throw in.damaged("it has more than " + MOST_INSTRUCTIONS + " instructions");
    }

    private void execute(Opcode opcode) {
        switch (opcode) {
            case PROTO -> requireProtocol(in.unsignedByte());
            case FRAME -> in.signedLong();
            case STOP -> throw new IllegalStateException("handled before");

            case MARK -> stack.mark();
            case POP -> pop();
            case POP_MARK -> stack.popToMark();
            case DUP -> stack.push(stack.top());

            case PUT -> stack.memoize(index(in.line()));
            case BINPUT -> stack.memoize(in.unsignedByte());
            case LONG_BINPUT -> stack.memoize(in.unsignedInt());
            case MEMOIZE -> stack.memoizeNext();
            case GET -> stack.pushMemoized(index(in.line()));
            case BINGET -> stack.pushMemoized(in.unsignedByte());
            case LONG_BINGET -> stack.pushMemoized(in.unsignedInt());

            case NONE -> stack.push(Unread.VALUE);
            case NEWTRUE -> stack.push(true);
            case NEWFALSE -> stack.push(false);
            case INT -> stack.push(integerOrBoolean(in.line()));
            case BININT -> stack.push((long) in.signedInt());
            case BININT1 -> stack.push((long) in.unsignedByte());
            case BININT2 -> stack.push((long) in.unsignedShort());
            case LONG -> stack.push(in.decimal(withoutSuffix(in.line())));
            case LONG1 -> stack.push(in.integer(in.unsignedByte()));
            case LONG4 -> stack.push(in.integer(in.signedInt()));
            case FLOAT -> stack.push(Double.valueOf(in.line()));
            case BINFLOAT -> stack.push(in.bigEndianDouble());

            case BINSTRING -> stack.push(in.text(in.signedInt()));
            case SHORT_BINSTRING, SHORT_BINUNICODE -> stack.push(in.text(in.unsignedByte()));
            case BINUNICODE -> stack.push(in.text(in.unsignedInt()));
            case BINUNICODE8 -> stack.push(in.text(in.signedLong()));
            case BINBYTES -> stack.push(in.bytes(in.unsignedInt()));
            case SHORT_BINBYTES -> stack.push(in.bytes(in.unsignedByte()));
            case BINBYTES8, BYTEARRAY8 -> stack.push(in.bytes(in.signedLong()));

            case EMPTY_TUPLE -> stack.push(List.of());
            case TUPLE -> stack.push(List.copyOf(stack.popToMark()));
            case TUPLE1 -> stack.push(List.copyOf(stack.pop(1)));
            case TUPLE2 -> stack.push(List.copyOf(stack.pop(2)));
            case TUPLE3 -> stack.push(List.copyOf(stack.pop(3)));
            case EMPTY_LIST -> stack.push(new ArrayList<>());
            case LIST -> stack.push(stack.popToMark());
            case APPEND -> append(stack.pop(1));
            case APPENDS -> append(stack.popToMark());
            case EMPTY_DICT -> stack.push(new PickleDict());
            case DICT -> dict(stack.popToMark());
            case SETITEM -> setItems(stack.pop(2));
            case SETITEMS -> setItems(stack.popToMark());

            case GLOBAL -> stack.push(global(in.line(), in.line()));
            case STACK_GLOBAL -> stackGlobal();
            case REDUCE, NEWOBJ -> call(stack.popList());
            case NEWOBJ_EX -> callWithNamedArguments();
            case BUILD -> build();
            case INST -> instance(global(in.line(), in.line()), stack.popToMark());
            case OBJ -> object(stack.popToMark());
            case BINPERSID -> stack.push(storage(stack.popList()));
        }
    }

    private void requireProtocol(int protocol) {
        if (protocol > NEWEST_PROTOCOL) {
            throw in.damaged("protocol " + protocol + ", where Python knows protocols up to " + NEWEST_PROTOCOL);
        }
    }

    private void pop() {
        if (stack.endsWithMark()) {
            stack.popToMark();
        } else {
            stack.pop();
        }
    }

    private long index(String digits) {
        if (!(in.decimal(digits) instanceof Long index)) {
            throw in.damaged("value " + digits + " is used");
        }
        return index;
    }

    /** Protocol 0 has no instructions for truth values. */
    private Object integerOrBoolean(String digits) {
        return switch (digits) {
            case "00" -> false;
            case "01" -> true;
            default -> in.decimal(digits);
        };
    }

    /** Python 2 writes a long integer as 12L. */
    private static String withoutSuffix(String digits) {
        return digits.endsWith("L") ? digits.substring(0, digits.length() - 1) : digits;
    }

    private void append(List<Object> items) {
        Object target = stack.top();
        if (target instanceof ArrayList<?>) {
            @SuppressWarnings("unchecked") // lists, unlike tuples, are made here as ArrayList<Object>
            ArrayList<Object> list = (ArrayList<Object>) target;
            list.addAll(items);
        } else if (target != Unread.VALUE) {
            throw in.damaged("something is appended to what is no list");
        }
    }

    private void dict(List<Object> keysAndValues) {
        stack.push(new PickleDict());
        setItems(keysAndValues);
    }

    private void setItems(List<Object> keysAndValues) {
        Object target = stack.top();
        if (keysAndValues.size() % 2 != 0 || !(target instanceof PickleDict || target == Unread.VALUE)) {
            throw in.damaged("items are put into what is no dict, or keys lack values");
        }
        if (target instanceof PickleDict dict) {
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                dict.put(keysAndValues.get(i), keysAndValues.get(i + 1));
            }
        }
    }

    private void stackGlobal() {
        String name = stack.popText();
        stack.push(global(stack.popText(), name));
    }

    /** What a name stands for; a name that is refused is remembered, so that all of them are told at once. */
    private Object global(String module, String name) {
        Optional<? extends Global> known = Function.find(module, name);
        if (known.isEmpty()) {
            known = StorageType.find(module, name);
        }
        if (known.isPresent()) {
            return known.get();
        }
        refusedGlobals.add(module + "." + name);
        return Unread.VALUE;
    }

    private void callWithNamedArguments() {
        stack.pop();
        call(stack.popList());
    }

    private void call(List<?> arguments) {
        instance(stack.pop(), arguments);
    }

    private void object(List<Object> classAndArguments) {
        if (classAndArguments.isEmpty()) {
            throw in.damaged("an object without a class");
        }
        instance(classAndArguments.get(0), classAndArguments.subList(1, classAndArguments.size()));
    }

    private void instance(Object callee, List<?> arguments) {
        if (callee instanceof Function function) {
            stack.push(function.call(arguments));
        } else if (callee == Unread.VALUE) {
            stack.push(Unread.VALUE);
        } else {
            throw in.damaged("something is called that is no function");
        }
    }

    /** The state of a dict is PyTorch's {@code _metadata}, versions of its modules. No tensor depends on it. */
    private void build() {
        stack.pop();
        Object target = stack.top();
        if (!(target instanceof PickleDict || target == Unread.VALUE)) {
            throw in.damaged("a state is given to what has none");
        }
    }

    /** A persistent id: ('storage', class, key, device, number of elements), and in old files a view of the storage. */
    private Object storage(List<?> id) {
        boolean ofClassThatIsRefused = id.size() > 1 && id.get(1) == Unread.VALUE;
        if (ofClassThatIsRefused) {
            return Unread.VALUE;
        }
        boolean known = id.size() >= 5
                && id.get(0).equals("storage")
                && id.get(1) instanceof StorageType
                && id.get(2) instanceof String
                && id.get(4) instanceof Long elements
                && elements >= 0;
        if (!known) {
            throw in.damaged("a reference to something else than a storage");
        }
        if (id.size() > 5 && id.get(5) != Unread.VALUE) {
            throw in.refused(
                    "its storages are parts of other storages, as early versions of PyTorch wrote them",
                    "load it in a newer PyTorch and save it again");
        }
        Storage storage = new Storage((StorageType) id.get(1), (String) id.get(2), (Long) id.get(4));
        Storage before = storages.putIfAbsent(storage.key(), storage);
        if (before != null && !before.equals(storage)) {
            throw in.damaged("storage '" + storage.key() + "' is used as two kinds of numbers or sizes");
        }
        return storage;
    }
}
