package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A Java block of a page, compiled as it stands and run: only the folder of its files is put elsewhere. */
final class JavaExample {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final List<String> IMPORTS = List.of(
            "java.nio.file.*",
            "java.util.*",
            "dev.resnet4j.data.*",
            "dev.resnet4j.data.augment.*",
            "dev.resnet4j.data.batch.*",
            "dev.resnet4j.data.signs.*",
            "dev.resnet4j.engine.*",
            "dev.resnet4j.engine.finder.*",
            "dev.resnet4j.engine.metrics.*",
            "dev.resnet4j.engine.recipe.*",
            "dev.resnet4j.engine.transfer.*",
            "dev.resnet4j.formats.*",
            "dev.resnet4j.formats.model.*",
            "dev.resnet4j.model.layer.*",
            "dev.resnet4j.model.network.*",
            "dev.resnet4j.model.resnet.*",
            "dev.resnet4j.model.tensor.*",
            "dev.resnet4j.model.training.*",
            "dev.resnet4j.model.transfer.*",
            "dev.resnet4j.plot.*");

    private final String statements;

    private JavaExample(String statements) {
        this.statements = statements;
    }

    /**
     * A block of a page.
     *
     * @param page below the project's root
     * @param number of the block among the page's Java blocks, from 0
     */
    static JavaExample of(String page, int number) throws IOException {
        Matcher blocks = JAVA_BLOCK.matcher(Files.readString(Path.of("..", page)));
        for (int block = 0; block <= number; block++) {
            assertThat(blocks.find()).as("%s has Java block %d", page, block).isTrue();
        }
        return new JavaExample(blocks.group(1));
    }

    /** How many Java blocks a page has. */
    static long count(Path page) throws IOException {
        return JAVA_BLOCK.matcher(Files.readString(page)).results().count();
    }

    /** With statements before it, which make what the page takes as given. */
    JavaExample after(String before) {
        return new JavaExample(before + statements);
    }

    /** With statements behind it. */
    JavaExample before(String behind) {
        return new JavaExample(statements + behind);
    }

    /** Compiles and runs it with its files in the folder. @return what it printed */
    String run(Path folder) throws Exception {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Example { public static void run() throws Exception {\n")
                .append(statements.replace("Path.of(\"", "Path.of(\"" + folder + "/"))
                .append("}}\n");
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = compiler.run(
                null, messages, messages, "-cp", System.getProperty("java.class.path"), "-proc:none", file.toString());
        assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        return printedBy(folder);
    }

    private static String printedBy(Path classes) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
