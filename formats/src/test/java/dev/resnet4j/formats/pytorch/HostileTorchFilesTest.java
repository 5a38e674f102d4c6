package dev.resnet4j.formats.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.resnet4j.formats.DamagedVariants;
import dev.resnet4j.formats.FloatTensor;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Resources;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Zips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTorchFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.pth");
    }

    @Test
    void survivesDamageAnywhereInAZip() throws IOException {
        byte[] whole = Files.readAllBytes(torch("state_dict.pth"));

        int refused = DamagedVariants.refused(whole, file, bytes -> Files.write(file, bytes), PyTorchFile::read);

        assertThat(refused).isGreaterThan(DamagedVariants.count() / 2);
    }

    @Test
    void survivesADamagedPickleUnderARightChecksum() throws IOException {
        Map<String, byte[]> entries = Zips.entries(torch("checkpoint.pth"));

        int refused = DamagedVariants.refused(
                entries.get("checkpoint/data.pkl"),
                file,
                bytes -> {
                    entries.put("checkpoint/data.pkl", bytes);
                    Zips.write(file, entries, ZipEntry.STORED);
                },
                PyTorchFile::read);

        assertThat(refused).isGreaterThan(DamagedVariants.count() / 2);
    }

    @Test
    void survivesDamageAnywhereInALegacyFile() throws IOException {
        byte[] whole = Files.readAllBytes(torch("views_legacy.pth"));

        int refused = DamagedVariants.refused(whole, file, bytes -> Files.write(file, bytes), PyTorchFile::read);

        assertThat(refused).isGreaterThan(DamagedVariants.count() / 2);
    }

    @Test
    void readsThePickleThatTheHostileOnesAreMadeFrom() throws IOException {
        write(Pickle.ofOneTensor(4, 1, new long[] {3}, new long[] {1}), floats(5, 6, 7, 8));

        StateDict stateDict = PyTorchFile.read(file);

        assertThat(((FloatTensor) stateDict.tensors().get("w")).array().values())
                .containsExactly(6, 7, 8);
    }

    @Test
    void namesAllFunctionsThatAPickleWantsToCallAndCallsNone() throws IOException {
        Path victim = folder.resolve("victim");
        write(new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("a")
                .global("posix", "system")
                .text("touch " + victim)
                .op(Opcode.TUPLE1, Opcode.REDUCE, Opcode.SETITEM)
                .text("b")
                .global("builtins", "eval")
                .text("1")
                .op(Opcode.TUPLE1, Opcode.REDUCE, Opcode.SETITEM, Opcode.STOP));

        assertRefused()
                .hasMessageContainingAll(
                        "archive/data.pkl, byte",
                        "wants to call posix.system, builtins.eval",
                        "tensors and containers");
        assertThat(victim).doesNotExist();
    }

    @Test
    void namesFunctionsHoweverTheyAreReached() throws IOException {
        write(new Pickle()
                .text("os")
                .text("system")
                .op(Opcode.STACK_GLOBAL, Opcode.POP, Opcode.MARK, Opcode.INST)
                .line("subprocess")
                .line("Popen")
                .op(Opcode.POP, Opcode.MARK)
                .global("torch.nn", "Module")
                .op(Opcode.OBJ, Opcode.POP)
                .global("numpy", "load")
                .op(Opcode.EMPTY_TUPLE, Opcode.NEWOBJ, Opcode.STOP));

        assertRefused().hasMessageContaining("os.system, subprocess.Popen, torch.nn.Module, numpy.load");
    }

    @Test
    void saysTheNamesOfFunctionsEvenWhereThePickleBreaksOffBehind() throws IOException {
        write(new Pickle().global("posix", "system"));

        assertRefused().hasMessageContaining("wants to call posix.system");
    }

    @Test
    void refusesTheJavaClassesToo() throws IOException {
        write(new Pickle().global("java.lang", "Runtime").op(Opcode.STOP));

        assertRefused().hasMessageContaining("java.lang.Runtime");
    }

    @Test
    void refusesAWholeModuleOfALegacyFile() throws IOException {
        Pickle module = new Pickle()
                .op(Opcode.MARK)
                .text("module")
                .global("models", "ResNet")
                .text("models.py")
                .text("class ResNet: pass")
                .op(Opcode.TUPLE, Opcode.BINPERSID, Opcode.EMPTY_TUPLE, Opcode.NEWOBJ, Opcode.STOP);
        Files.write(file, legacy(true, module, new Pickle().op(Opcode.EMPTY_LIST, Opcode.STOP)));

        assertRefused().hasMessageContainingAll("models.ResNet", "torch.save(model.state_dict(), file)");
    }

    @Test
    void refusesInstructionsThatBuildNeitherTensorsNorContainers() throws IOException {
        write(new Pickle().raw(0x82, 1).op(Opcode.STOP));

        assertRefused().hasMessageContaining("instruction 0x82");
    }

    @Test
    void standsNestingWithoutEnd() throws IOException {
        byte[] nested = new byte[900_000];
        Arrays.fill(nested, (byte) Opcode.TUPLE1.code());
        write(new Pickle().op(Opcode.EMPTY_TUPLE).raw(nested).op(Opcode.STOP));
        assertRefused().hasMessageContaining("what was saved is no dict");

        write(new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("state_dict")
                .op(Opcode.EMPTY_TUPLE)
                .raw(nested)
                .op(Opcode.SETITEM, Opcode.STOP));
        assertRefused().hasMessageContaining("there are no tensors in it");
    }

    @Test
    void refusesMoreInstructionsThanAnyStateDictHas() throws IOException {
        byte[] lists = new byte[1_100_000];
        Arrays.fill(lists, (byte) Opcode.EMPTY_LIST.code());
        write(new Pickle().raw(lists).op(Opcode.STOP));

        assertRefused().hasMessageContaining("more than 1000000 instructions");
    }

    @Test
    void standsListsThatHoldThemselvesAndEachOtherManyTimes() throws IOException {
        Pickle bomb = new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("w")
                .op(Opcode.EMPTY_LIST)
                .raw(Opcode.BINPUT.code(), 0, Opcode.BINGET.code(), 0)
                .op(Opcode.APPEND);
        for (int level = 0; level < 200; level++) {
            bomb.op(Opcode.DUP, Opcode.TUPLE2);
        }
        write(bomb.op(Opcode.SETITEM, Opcode.STOP));

        assertRefused().hasMessageContaining("there are no tensors in it");
    }

    @Test
    void refusesContainersAsKeysWhichTakeForeverToCompare() throws IOException {
        Pickle bomb = new Pickle().op(Opcode.EMPTY_DICT, Opcode.EMPTY_TUPLE);
        for (int level = 0; level < 200; level++) {
            bomb.op(Opcode.DUP, Opcode.TUPLE2);
        }
        write(bomb.op(Opcode.NONE, Opcode.SETITEM, Opcode.STOP));

        assertRefused().hasMessageContaining("a key that is neither text nor number");
    }

    @Test
    void refusesLengthsBeyondTheFileBeforeItTakesMemory() throws IOException {
        byte[] huge = {-1, -1, -1, -1, -1, -1, -1, 0x7f};
        byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1};

        write(new Pickle().op(Opcode.BINBYTES8).raw(huge).op(Opcode.STOP));
        assertRefused().hasMessageContaining("9223372036854775807 bytes are announced, but only 1 follow");
        write(new Pickle().op(Opcode.BINUNICODE8).raw(negative).op(Opcode.STOP));
        assertRefused().hasMessageContaining("18446744073709551615 bytes are announced");
        write(new Pickle().op(Opcode.BINUNICODE).littleEndian(-1).op(Opcode.STOP));
        assertRefused().hasMessageContaining("4294967295 bytes are announced");
        write(new Pickle().op(Opcode.LONG4).littleEndian(Integer.MAX_VALUE).op(Opcode.STOP));
        assertRefused().hasMessageContaining("an integer of 2147483647 bytes");
        write(new Pickle().op(Opcode.LONG).line("9".repeat(4_000)).op(Opcode.STOP));
        assertRefused().hasMessageContaining("an integer of 4000 digits");
        write(new Pickle().op(Opcode.GLOBAL).raw("x".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertRefused().hasMessageContaining("a line without end");
    }

    @Test
    void refusesStacksThatRunEmpty() throws IOException {
        write(new Pickle().op(Opcode.STOP));
        assertRefused().hasMessageContaining("a stack without values");
        write(new Pickle().op(Opcode.TUPLE, Opcode.STOP));
        assertRefused().hasMessageContaining("a stack without a mark");
        write(new Pickle().op(Opcode.NONE, Opcode.MARK, Opcode.TUPLE1, Opcode.STOP));
        assertRefused().hasMessageContaining("a stack without values");
        write(new Pickle().raw(Opcode.BINGET.code(), 7).op(Opcode.STOP));
        assertRefused().hasMessageContaining("value 7 is used, but was never stored");
        write(new Pickle());
        assertRefused().hasMessageContaining("1 bytes are announced, but only 0 follow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "offset", "stride", "overflow", "negative", "axes"})
    void refusesTensorsOutsideTheirStorage(String what) throws IOException {
        Pickle pickle = switch (what) {
            case "size" -> Pickle.ofOneTensor(4, 0, new long[] {5}, new long[] {1});
            case "offset" -> Pickle.ofOneTensor(4, 4, new long[] {1}, new long[] {1});
            case "stride" -> Pickle.ofOneTensor(4, 0, new long[] {2, 2}, new long[] {3, 1});
            case "overflow" ->
                Pickle.ofOneTensor(4, 0, new long[] {1L << 32, 1L << 32}, new long[] {1L << 32, 1L << 32});
            case "negative" -> Pickle.ofOneTensor(4, 3, new long[] {4}, new long[] {-1});
            default -> Pickle.ofOneTensor(4, 0, new long[] {2, 2}, new long[] {1});
        };
        write(pickle, floats(1, 2, 3, 4));

        assertRefused().hasMessageContainingAll("archive/data.pkl, byte", "tensor");
    }

    @Test
    void refusesToBlowOneNumberUp() throws IOException {
        write(Pickle.ofOneTensor(4, 0, new long[] {10_000, 10_000}, new long[] {0, 0}), floats(1, 2, 3, 4));
        assertRefused().hasMessageContainingAll("same numbers again and again", "400000000 bytes");

        write(Pickle.ofOneTensor(4, 0, new long[] {1L << 40}, new long[] {0}), floats(1, 2, 3, 4));
        assertRefused().hasMessageContaining("takes more than 2 GiB");
    }

    @Test
    void refusesToShowOneStorageInManyTensors() throws IOException {
        Pickle pickle = new Pickle().op(Opcode.EMPTY_DICT);
        float[] numbers = new float[100_000];
        for (int i = 0; i < 100; i++) {
            pickle.text("w" + i)
                    .tensor("0", numbers.length, 0, new long[] {numbers.length}, new long[] {1})
                    .op(Opcode.SETITEM);
        }
        write(pickle.op(Opcode.STOP), floats(numbers));

        assertRefused().hasMessageContaining("same numbers again and again");
    }

    @Test
    void refusesStoragesOfOtherSizesThanAnnounced() throws IOException {
        write(Pickle.ofOneTensor(4, 0, new long[] {4}, new long[] {1}), floats(1, 2, 3));
        assertRefused().hasMessageContainingAll("archive/data/0", "12 bytes", "4 numbers of type float32");

        write(Pickle.ofOneTensor(1L << 40, 0, new long[] {4}, new long[] {1}), floats(1, 2, 3, 4));
        assertRefused().hasMessageContaining("more than the");

        write(Pickle.ofOneTensor(-1, 0, new long[] {}, new long[] {}), floats(1, 2, 3, 4));
        assertRefused().hasMessageContaining("a reference to something else than a storage");
    }

    @Test
    void looksForStoragesInTheirFolderOfTheZipAlone() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), floats(1, 2, 3, 4));
        write(new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("w")
                .tensor("../../../../../../.." + secret, 4, 0, new long[] {4}, new long[] {1})
                .op(Opcode.SETITEM, Opcode.STOP));

        assertRefused().hasMessageContaining("the zip has no such entry");
    }

    @Test
    void refusesOneStorageOfTwoKinds() throws IOException {
        write(new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("v")
                .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                .op(Opcode.SETITEM)
                .text("w")
                .tensor("0", 3, 0, new long[] {3}, new long[] {1})
                .op(Opcode.SETITEM, Opcode.STOP));

        assertRefused().hasMessageContaining("two kinds of numbers or sizes");
    }

    @Test
    void refusesStateDictsThatHoldOtherThingsAndNamesThem() throws IOException {
        write(Pickle.ofOneTensor(4, 0, new long[] {4}, new long[] {1}).raw().op(Opcode.STOP), floats(1, 2, 3, 4));
        Pickle mixed = new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("w")
                .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                .op(Opcode.SETITEM)
                .text("epoch")
                .integer(3)
                .op(Opcode.SETITEM)
                .integer(5)
                .op(Opcode.NONE, Opcode.SETITEM, Opcode.STOP);
        write(mixed, floats(1, 2, 3, 4));

        assertRefused().hasMessageContaining("beside 1 tensors it holds what is none: 'epoch', '5'");
    }

    @Test
    void refusesBigEndianFiles() throws IOException {
        Map<String, byte[]> entries = entries(Pickle.ofOneTensor(1, 0, new long[] {}, new long[] {}), floats(1));
        entries.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        Zips.write(file, entries, ZipEntry.STORED);
        assertRefused().hasMessageContaining("byte order 'big'");

        Files.write(
                file,
                legacy(
                        false,
                        new Pickle().op(Opcode.EMPTY_DICT, Opcode.STOP),
                        new Pickle().op(Opcode.EMPTY_LIST, Opcode.STOP)));
        assertRefused().hasMessageContaining("not little-endian");
    }

    @Test
    void refusesATorchScriptProgram() throws IOException {
        Map<String, byte[]> entries = entries(Pickle.ofOneTensor(1, 0, new long[] {}, new long[] {}), floats(1));
        entries.put("archive/constants.pkl", new byte[1]);
        Zips.write(file, entries, ZipEntry.STORED);

        assertRefused().hasMessageContaining("TorchScript");
    }

    @Test
    void refusesEntriesThatInflateBeyondAllMeasure() throws IOException {
        Map<String, byte[]> entries =
                entries(Pickle.ofOneTensor(25 << 20, 0, new long[] {25 << 20}, new long[] {1}), new byte[100 << 20]);
        Zips.write(file, entries, ZipEntry.DEFLATED);
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertRefused().hasMessageContaining("more than the");

        entries.put("archive/data.pkl", new byte[100 << 20]);
        Zips.write(file, entries, ZipEntry.DEFLATED);
        assertRefused().hasMessageContainingAll("archive/data.pkl", "104857600 bytes");
    }

    @Test
    void readsAZipThatWasPackedAgain() throws IOException {
        Zips.write(
                file,
                entries(Pickle.ofOneTensor(4, 0, new long[] {4}, new long[] {1}), floats(1, 2, 3, 4)),
                ZipEntry.DEFLATED);

        assertThat(PyTorchFile.read(file).tensors()).containsOnlyKeys("w");
    }

    @Test
    void refusesZipsOfOtherKinds() throws IOException {
        Zips.write(file, Map.of("config.json", new byte[1]), ZipEntry.STORED);
        assertRefused().hasMessageContaining("it has 0 entries data.pkl");

        Zips.write(file, Map.of("a/data.pkl", new byte[1], "b/data.pkl", new byte[1]), ZipEntry.STORED);
        assertRefused().hasMessageContaining("it has 2 entries data.pkl");

        Zips.write(file, Map.of("../evil/data.pkl", new byte[1]), ZipEntry.STORED);
        assertRefused().hasMessageContaining("it has 0 entries data.pkl");
    }

    @Test
    void refusesFilesOfOtherKinds() throws IOException {
        Files.write(file, new byte[0]);
        assertRefused().hasMessageContaining("neither a zip nor a pickle");
        Files.writeString(file, "\u0089HDF\r\n");
        assertRefused().hasMessageContaining("neither a zip nor a pickle");
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Files.write(file, tar);
        assertRefused().hasMessageContaining("before 0.1.10");
        Files.write(file, new Pickle().op(Opcode.EMPTY_DICT, Opcode.STOP).bytes());
        assertRefused().hasMessageContaining("none that torch.save wrote");
        assertThatThrownBy(() -> PyTorchFile.read(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("this is not a file");
    }

    @Test
    void refusesLegacyStoragesThatDoNotStandInTheFile() throws IOException {
        Pickle tensor = Pickle.ofOneTensor(4, 0, new long[] {4}, new long[] {1});
        Pickle keys = new Pickle().op(Opcode.EMPTY_LIST).text("0").op(Opcode.APPEND, Opcode.STOP);
        byte[] whole = legacy(true, tensor, keys, legacyStorage(4, 1, 2, 3, 4));
        Files.write(file, whole);
        assertThat(PyTorchFile.read(file).tensors()).containsOnlyKeys("w");

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused().hasMessageContaining("do not stand at byte");
        Files.write(file, legacy(true, tensor, keys, legacyStorage(5, 1, 2, 3, 4)));
        assertRefused().hasMessageContaining("do not stand at byte");
        Files.write(file, legacy(true, tensor, keys, new byte[3]));
        assertRefused().hasMessageContaining("do not stand at byte");
        Files.write(file, legacy(true, tensor, new Pickle().op(Opcode.EMPTY_LIST, Opcode.STOP)));
        assertRefused().hasMessageContaining("it is not in the file");
        Pickle twice = new Pickle()
                .op(Opcode.EMPTY_LIST)
                .text("0")
                .op(Opcode.APPEND)
                .text("0")
                .op(Opcode.APPEND, Opcode.STOP);
        Files.write(file, legacy(true, tensor, twice, legacyStorage(4, 1, 2, 3, 4)));
        assertRefused().hasMessageContaining("stands there twice");
    }

    @Test
    void saysInOneLineWhateverNamesTheFileHas() throws IOException {
        write(new Pickle().global("x\u001b[2J" + "y".repeat(3_000), "z").op(Opcode.STOP));

        assertRefused()
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(3_000).doesNotContainPattern("\\p{Cntrl}"));
    }

    private void write(Pickle pickle, byte[]... storages) throws IOException {
        Zips.write(file, entries(pickle, storages), ZipEntry.STORED);
    }

    private static Map<String, byte[]> entries(Pickle pickle, byte[]... storages) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle.bytes());
        for (int key = 0; key < storages.length; key++) {
            entries.put("archive/data/" + key, storages[key]);
        }
        return entries;
    }

    private static byte[] legacy(boolean littleEndian, Pickle object, Pickle keys, byte[]... storages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new Pickle()
                .op(Opcode.LONG1)
                .raw(10)
                .raw(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .op(Opcode.STOP)
                .bytes());
        out.writeBytes(new Pickle().integer(1001).op(Opcode.STOP).bytes());
        out.writeBytes(new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("little_endian")
                .op(littleEndian ? Opcode.NEWTRUE : Opcode.NEWFALSE)
                .op(Opcode.SETITEM, Opcode.STOP)
                .bytes());
        out.writeBytes(object.bytes());
        out.writeBytes(keys.bytes());
        for (byte[] storage : storages) {
            out.writeBytes(storage);
        }
        return out.toByteArray();
    }

    private static byte[] legacyStorage(long elements, float... values) {
        return ByteBuffer.allocate(Long.BYTES + values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(elements)
                .put(floats(values))
                .array();
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static Path torch(String name) {
        return Resources.file(HostileTorchFilesTest.class, name);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertTimeoutPreemptively(
                LIMIT,
                () -> assertThatThrownBy(() -> PyTorchFile.read(file))
                        .isInstanceOf(FormatException.class)
                        .hasMessageStartingWith(file.toString()));
    }
}
