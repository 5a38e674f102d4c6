package dev.resnet4j.formats.pytorch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The instructions of Python's pickle protocols 0 to 5 that checkpoints use, by the names of Python's pickle module. */
enum Opcode {
    PROTO(0x80),
    FRAME(0x95),
    STOP('.'),

    MARK('('),
    POP('0'),
    POP_MARK('1'),
    DUP('2'),

    PUT('p'),
    BINPUT('q'),
    LONG_BINPUT('r'),
    MEMOIZE(0x94),
    GET('g'),
    BINGET('h'),
    LONG_BINGET('j'),

    NONE('N'),
    NEWTRUE(0x88),
    NEWFALSE(0x89),
    INT('I'),
    BININT('J'),
    BININT1('K'),
    BININT2('M'),
    LONG('L'),
    LONG1(0x8a),
    LONG4(0x8b),
    FLOAT('F'),
    BINFLOAT('G'),

    BINSTRING('T'),
    SHORT_BINSTRING('U'),
    BINUNICODE('X'),
    SHORT_BINUNICODE(0x8c),
    BINUNICODE8(0x8d),
    BINBYTES('B'),
    SHORT_BINBYTES('C'),
    BINBYTES8(0x8e),
    BYTEARRAY8(0x96),

    EMPTY_TUPLE(')'),
    TUPLE('t'),
    TUPLE1(0x85),
    TUPLE2(0x86),
    TUPLE3(0x87),
    EMPTY_LIST(']'),
    LIST('l'),
    APPEND('a'),
    APPENDS('e'),
    EMPTY_DICT('}'),
    DICT('d'),
    SETITEM('s'),
    SETITEMS('u'),

    GLOBAL('c'),
    STACK_GLOBAL(0x93),
    REDUCE('R'),
    BUILD('b'),
    INST('i'),
    OBJ('o'),
    NEWOBJ(0x81),
    NEWOBJ_EX(0x92),
    BINPERSID('Q');

    private static final Map<Integer, Opcode> BY_CODE = new HashMap<>();

    static {
        for (Opcode opcode : values()) {
            BY_CODE.put(opcode.code, opcode);
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    static Optional<Opcode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The instruction in a pickle. */
    int code() {
        return code;
    }
}
