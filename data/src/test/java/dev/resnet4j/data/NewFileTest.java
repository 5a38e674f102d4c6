package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    @TempDir
    Path folder;

    @Test
    void takesThePlaceOfTheOldFileOnlyWhenMoved() throws IOException {
        Path target = folder.resolve("model.keras");
        Files.writeString(target, "old");
        try (NewFile file = new NewFile(target)) {
            Files.writeString(file.path(), "new");
            assertThat(target).hasContent("old");
            file.moveIntoPlace();
        }

        assertThat(target).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("model.keras");
    }

    @Test
    void leavesTheOldFileAndNothingBesideWhereItIsNotMoved() throws IOException {
        Path target = folder.resolve("model.keras");
        Files.writeString(target, "old");
        try (NewFile file = new NewFile(target)) {
            Files.writeString(file.path(), "half");
        }

        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("model.keras");
    }

    @Test
    void refusesToMoveWhatWasNeverWritten() throws IOException {
        try (NewFile file = new NewFile(folder.resolve("model.keras"))) {
            assertThatThrownBy(file::moveIntoPlace).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void keepsTwoWritersOfOneTargetApart() throws IOException {
        Path target = folder.resolve("model.keras");
        try (NewFile first = new NewFile(target);
                NewFile second = new NewFile(target)) {
            Files.writeString(first.path(), "first");
            Files.writeString(second.path(), "second");
            first.moveIntoPlace();
            assertThat(target).hasContent("first");
            second.moveIntoPlace();
        }

        assertThat(target).hasContent("second");
    }
}
