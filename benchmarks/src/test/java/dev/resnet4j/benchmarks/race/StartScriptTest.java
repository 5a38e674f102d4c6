package dev.resnet4j.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StartScriptTest {
    /** {@code export NAME="${NAME:-VALUE}"}. */
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)=\"\\$\\{\\1:-(.+)}\"$");

    @Test
    void setsWhatTheScriptSets() throws IOException {
        Map<String, String> ofScript = EXPORT.matcher(Files.readString(Path.of("..", "resnet4j")))
                .results()
                .collect(Collectors.toMap(export -> export.group(1), export -> export.group(2)));
        assertThat(ofScript).isNotEmpty().isEqualTo(StartScript.ENVIRONMENT);
    }
}
