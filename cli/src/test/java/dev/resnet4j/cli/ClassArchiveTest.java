package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code resnet4j} with this Java and an archive of classes that fits, does not fit any more, or is none. */
class ClassArchiveTest {
    private static final Path SCRIPT = Path.of("..", "resnet4j");
    private static final Path SHELL = Path.of("/bin/sh");
    /** There is nothing to rehearse in this jar, so the script leaves no archive of its own. */
    private static final String REHEARSING = "resnet4j: rehearsing once.*\n";

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    private Path project;

    /** The program that the script starts here. */
    static final class Greeting {
        private Greeting() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @BeforeEach
    void layOutAProjectThatIsBuilt() throws Exception {
        assumeTrue(Files.exists(SHELL), "this system has no POSIX shell");
        project = folder.resolve("project");
        Path target = Files.createDirectories(project.resolve("cli/target"));
        Files.copy(SCRIPT, project.resolve("resnet4j"));
        writeJar(jar());
        Files.writeString(target.resolve("resnet4j.stamp"), "\n");
        run(List.of(JAVA.toString(), "-XX:ArchiveClassesAtExit=" + archive(), "-jar", jar().toString()));
        assumeTrue(Files.exists(archive()), "this Java keeps no archives");
        Files.setPosixFilePermissions(archive(), PosixFilePermissions.fromString("rw-r--r--"));
        takeArchiveForRehearsed();
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, Greeting.class.getName());
        String file = Greeting.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                InputStream bytes = Greeting.class.getClassLoader().getResourceAsStream(file)) {
            entries.putNextEntry(new JarEntry(file));
            bytes.transferTo(entries);
        }
    }

    @Test
    void isMissing() throws Exception {
        Files.delete(archive());
        assertThat(run(script())).matches(REHEARSING + "hello\n");
        assertThat(run(script())).isEqualTo("hello\n");
    }

    @Test
    void fits() throws Exception {
        assertGreets();
    }

    @Test
    void isOfAnOlderJar() throws Exception {
        Files.setLastModifiedTime(jar(), FileTime.fromMillis(0));
        assertGreets();
    }

    @Test
    void isOfAnotherFolder() throws Exception {
        project = Files.move(project, folder.resolve("moved"));
        takeArchiveForRehearsed();
        assertGreets();
    }

    @Test
    void isSomethingElse() throws Exception {
        Files.writeString(archive(), "no archive\n".repeat(10_000));
        takeArchiveForRehearsed();
        assertGreets();
    }

    @Test
    void isCutOff() throws Exception {
        byte[] bytes = Files.readAllBytes(archive());
        Files.write(archive(), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(run(script())).matches(REHEARSING + "hello\n");
        assertThat(archive()).doesNotExist();
    }

    private Path jar() {
        return project.resolve("cli/target/resnet4j.jar");
    }

    private Path archive() {
        return project.resolve("cli/target/resnet4j.jsa");
    }

    private List<String> script() {
        return List.of(SHELL.toString(), project.resolve("resnet4j").toString());
    }

    /** As if the script had made the archive that is there, for this Java and in this folder. */
    private void takeArchiveForRehearsed() throws Exception {
        String java = run(List.of("ls", "-iL", JAVA.toString())).strip();
        Files.writeString(
                project.resolve("cli/target/checked-java"),
                java + " " + project.toRealPath() + " " + Files.size(archive()) + "\n");
    }

    private void assertGreets() throws Exception {
        assertThat(run(script())).isEqualTo("hello\n");
        assertThat(archive()).exists();
    }

    /** What a command prints, to both. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RESNET4J"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
