package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code resnet4j} in a small project of its own, with a Java and a Maven that only say what they were told. */
class StartScriptTest {
    private static final Path SCRIPT = Path.of("..", "resnet4j");
    private static final Path SHELL = Path.of("/bin/sh");
    private static final String REHEARSAL = "rehearsing";

    @TempDir
    private Path folder;

    private Path project;
    private Path tools;
    private Path source;

    @BeforeEach
    void layOutAProject() throws IOException {
        assumeTrue(Files.exists(SHELL), "this system has no POSIX shell");
        project = Files.createDirectories(folder.resolve("the project"));
        Files.copy(SCRIPT, project.resolve("resnet4j"));
        Files.writeString(project.resolve("pom.xml"), "");
        source = Files.createDirectories(project.resolve("cli/src/main")).resolve("Main.java");
        Files.writeString(source, "");
        Files.writeString(project.resolve("cli/pom.xml"), "");

        tools = Files.createDirectories(folder.resolve("tools"));
        writeTool(
                "java",
                "for word in \"$@\"; do case $word in -XX:ArchiveClassesAtExit=*) : >\"${word#*=}\" ;; esac; done",
                "case $* in *-version*) echo 'openjdk version \"17.0.1\"' >&2 ;; *) printf '<%s>\\n' \"$@\" ;; esac");
        writeTool("javac", "echo javac 17.0.1");
        writeTool(
                "mvn",
                "case $* in",
                "    *--version*) echo Apache Maven 3.9.1 ;;",
                "    *) echo \"$@\" >>\"" + folder + "/builds\"; mkdir -p cli/target; : >cli/target/resnet4j.jar ;;",
                "esac");
    }

    private void writeTool(String name, String... lines) throws IOException {
        Path tool = tools.resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void buildsOnFirstUseAndSaysSo() throws Exception {
        Run first = start("train");
        Run second = start("train");

        assertThat(first.exitStatus()).as(first.err()).isZero();
        assertThat(first.err()).contains("building for the first time", "build.log");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).singleElement().asString().contains("--projects cli --also-make package");
    }

    @Test
    void handsEveryWordToTheProgram() throws Exception {
        assertThat(start("predict", "a b", "", "*", "--top=3").out())
                .endsWith("<predict>\n<a b>\n<>\n<*>\n<--top=3>\n")
                .contains("<" + project.toRealPath().resolve("cli/target/resnet4j.jar") + ">");
    }

    @Test
    void buildsAgainWhereASourceChanged() throws Exception {
        start("train");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(start("train").err()).contains("building again");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhereMavensOptionsChanged() throws Exception {
        start("train");
        Run withOptions = start(Map.of("RESNET4J_MAVEN_OPTS", "-Pcuda -o"), "train");

        assertThat(withOptions.err()).contains("building again");
        assertThat(builds()).hasSize(2).element(1).asString().endsWith("package -Pcuda -o");
    }

    @Test
    void worksThroughASymbolicLinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("the project", "resnet4j"));

        Run run = start(Map.of(), link, "train");

        assertThat(run.exitStatus()).as(run.err()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void printsTheErrorsOfABuildThatFails() throws Exception {
        writeTool(
                "mvn",
                "case $* in *--version*) echo Apache Maven 3.9.1 ;;",
                "*) echo '[ERROR] a class is missing'; echo '[ERROR] [Help 1] somewhere'; exit 1 ;; esac");

        Run run = start("train");

        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.err()).contains("a class is missing", "the build failed").doesNotContain("Help 1");
        assertThat(project.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void takesOverFromABuildThatDied() throws Exception {
        Files.createDirectories(project.resolve("target"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createSymbolicLink(project.resolve("target/build.lock"), Path.of(String.valueOf(dead.pid())));

        assertThat(start("train").exitStatus()).isZero();
        assertThat(project.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void buildsOnceWhereTwoCallsComeTogether() throws Exception {
        Process first = process(Map.of(), project.resolve("resnet4j"), "train");
        Process second = process(Map.of(), project.resolve("resnet4j"), "train");

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void saysWhatToInstall() throws Exception {
        writeTool("mvn", "echo Apache Maven 3.6.3");
        assertThat(start("train").err()).contains("Maven is of version 3.6: install Maven 3.8 or newer");

        writeTool("javac", "echo javac 11.0.2");
        assertThat(start("train").err()).contains("is of version 11: install a JDK, 17 or newer");

        Run wrongHome = start(Map.of("JAVA_HOME", "/nowhere"), "train");
        assertThat(wrongHome.exitStatus()).isEqualTo(1);
        assertThat(wrongHome.err()).contains("JAVA_HOME is /nowhere");
    }

    @Test
    void passesOptionsToJava() throws Exception {
        assertThat(start(Map.of("RESNET4J_OPTS", "-Xmx2g -Dx=y"), "train").out())
                .contains("<-Xmx2g>\n<-Dx=y>\n");
    }

    @Test
    void rehearsesOnceAfterABuildAndStartsWithTheArchive() throws Exception {
        Run first = start("train");
        Run second = start("train");

        assertThat(first.err()).contains(REHEARSAL);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("<-XX:SharedArchiveFile=" + archive().toRealPath() + ">");
        assertThat(project.resolve("cli/target")).isDirectoryNotContaining("glob:**rehearsal*");
    }

    @Test
    void rehearsesAgainInAnotherFolderAndForAnotherJava() throws Exception {
        start("train");
        project = Files.move(project, folder.resolve("moved"));
        assertThat(start("train").err()).contains(REHEARSAL).doesNotContain("building");
        assertThat(start("train").err()).isEmpty();

        Path other = Files.createDirectories(folder.resolve("other/bin")).resolve("java");
        Files.copy(tools.resolve("java"), other);
        Files.copy(tools.resolve("javac"), other.resolveSibling("javac"));
        Map<String, String> otherJava =
                Map.of("JAVA_HOME", folder.resolve("other").toString());
        assertThat(start(otherJava, "train").err()).contains(REHEARSAL);
        assertThat(start(otherJava, "train").err()).isEmpty();
    }

    @Test
    void rehearsesAgainWhereTheArchiveIsGoneOrNotWhole() throws Exception {
        start("train");
        Files.delete(archive());
        assertThat(start("train").err()).contains(REHEARSAL);
        assertThat(start("train").err()).isEmpty();

        Files.writeString(archive(), "half");
        assertThat(start("train").err()).contains(REHEARSAL);
        assertThat(start("train").err()).isEmpty();
    }

    @Test
    void startsWithoutAnArchiveWhereTheRehearsalFails() throws Exception {
        writeTool(
                "java",
                "case $* in *Rehearsal*) echo 'no libtorch here' >&2; exit 1 ;; esac",
                "case $* in *-version*) echo 'openjdk version \"17.0.1\"' >&2 ;; *) printf '<%s>\\n' \"$@\" ;; esac");

        assertThat(start("train").err()).doesNotContain("libtorch");
        assertThat(start("train")).satisfies(this::hasRunWithoutArchive);
    }

    @Test
    void startsInAFolderThatMayNotBeWritten() throws Exception {
        start("train");
        Path target = project.resolve("cli/target");
        Files.writeString(target.resolve("checked-java"), "another Java");
        Files.delete(archive());
        Files.setPosixFilePermissions(target.resolve("checked-java"), PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(target), "this user may write everywhere");

        assertThat(start("train")).satisfies(this::hasRunWithoutArchive);
    }

    private void hasRunWithoutArchive(Run run) {
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("<train>\n").doesNotContain("-XX:SharedArchiveFile");
    }

    private Path archive() {
        return project.resolve("cli/target/resnet4j.jsa");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds"));
    }

    private Run start(String... arguments) throws Exception {
        return start(Map.of(), arguments);
    }

    private Run start(Map<String, String> variables, String... arguments) throws Exception {
        return start(variables, project.resolve("resnet4j"), arguments);
    }

    private Run start(Map<String, String> variables, Path script, String... arguments) throws Exception {
        Process process = process(variables, script, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private Process process(Map<String, String> variables, Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SHELL.toString(), script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RESNET4J") || name.equals("JAVA_HOME"));
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        builder.environment().putAll(variables);
        return builder.start();
    }

    private record Run(int exitStatus, String out, String err) {}
}
