package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.engine.Model;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java examples of the pages in docs, run on a few drawn pictures of 32x32. */
class DocsTest {
    private static final Map<String, Integer> EXAMPLES = Map.of(
            "augmentation.md", 1,
            "gradients.md", 1,
            "learning-rate-finder.md", 1,
            "recipes.md", 1,
            "report.md", 1,
            "transfer-learning.md", 1);

    private static final String PICTURES = """
            Dataset drawn = Signs.trainingSet(0).take(4);
            Dataset training = new Dataset(
                    drawn.images().stream()
                            .map(image -> TensorFlowResize.bilinear(image, new ImageSize(32, 32)))
                            .toList(),
                    drawn.labels(),
                    drawn.classNames());
            Dataset test = training;
            """;

    private static final String NETWORK = """
            Network network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 6));
            """;

    private static final String MODEL = """
            Model model = Model.of(network);
            model.compile(new Adam(), Loss.CATEGORICAL_CROSSENTROPY);
            """;

    @TempDir
    private Path folder;

    @Test
    void everyJavaExampleIsRunHere() throws IOException {
        Map<String, Integer> found = new LinkedHashMap<>();
        try (Stream<Path> pages = Files.list(Path.of("..", "docs"))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                long count = JavaExample.count(page);
                if (count > 0) {
                    found.put(page.getFileName().toString(), Math.toIntExact(count));
                }
            }
        }

        assertThat(found).containsExactlyInAnyOrderEntriesOf(EXAMPLES);
    }

    @Test
    void aRecipeIsChangedAndTrainsANetwork() throws Exception {
        JavaExample.of("docs/recipes.md", 0).after(PICTURES + NETWORK).run(folder);
    }

    @Test
    void aTrainedNetworkGetsANewHead() throws Exception {
        try (Model model = Model.of(ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 10)))) {
            model.save(folder.resolve("resnet20.th"));
        }

        String printed =
                JavaExample.of("docs/transfer-learning.md", 0).after(PICTURES).run(folder);

        assertThat(printed).contains("linear");
    }

    @Test
    void picturesAreAugmented() throws Exception {
        JavaExample.of("docs/augmentation.md", 0)
                .after(PICTURES + NETWORK + MODEL)
                .run(folder);
    }

    @Test
    void predictionsAreCounted() throws Exception {
        String printed = JavaExample.of("docs/report.md", 0)
                .after(PICTURES + NETWORK + MODEL)
                .before("System.out.println(f1);")
                .run(folder);

        assertThat(Double.parseDouble(printed.strip())).isBetween(0.0, 1.0);
    }

    @Test
    void normsAreListenedTo() throws Exception {
        String printed = JavaExample.of("docs/gradients.md", 0)
                .after(PICTURES + NETWORK + MODEL)
                .run(folder);

        assertThat(printed).containsPattern("(?m)^1 conv1/kernel [0-9.E-]+ [0-9.E-]+$");
    }

    @Test
    void aLearningRateIsFound() throws Exception {
        String printed = JavaExample.of("docs/learning-rate-finder.md", 0)
                .after(PICTURES + NETWORK)
                .run(folder);

        assertThat(printed).containsPattern("lowest loss at rate .*, suggestion Optional");
    }
}
