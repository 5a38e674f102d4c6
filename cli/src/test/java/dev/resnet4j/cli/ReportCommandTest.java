package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysTheSameAsEvaluateAndFindsWhatWasLearnedFrom() throws IOException {
        Path page = folder.resolve("page.html");
        Call report = Call.of(
                "report",
                TrainedRun.FOLDER.model(),
                "--test",
                TrainedRun.PICTURES,
                "--train",
                TrainedRun.PICTURES,
                "--out",
                page,
                "--json");
        Call evaluate = Call.of("evaluate", TrainedRun.FOLDER.model(), "--data", TrainedRun.PICTURES, "--json");

        assertThat(report.exitStatus()).as(report.err()).isZero();
        assertThat(report.json().get("accuracy")).isEqualTo(evaluate.json().get("accuracy"));
        assertThat(report.json().get("loss").asDouble())
                .isCloseTo(evaluate.json().get("loss").asDouble(), within(1e-5));
        assertThat(report.json().get("duplicates").asInt()).isEqualTo(2 * DrawnPictures.PER_CLASS);
        assertThat(report.err()).contains("broken.png");

        Document html = Jsoup.parse(page);
        assertThat(html.select("#classes tbody bdi").eachText()).containsExactly("bright", "dark");
        assertThat(html.select("#training img, #calibration img")).hasSize(2);
        assertThat(html.select("#settings tr").eachText())
                .contains("seed 7", "recipe name default", "recipe batch size 5");
    }

    /** Each picture once in its own class and once in the other: one of the two is a mistake, whatever a model says. */
    private Path picturesOfBothClasses() {
        Path pictures = DrawnPictures.drawInto(folder.resolve("both"));
        for (String brightness : List.of("bright", "dark")) {
            String other = brightness.equals("bright") ? "dark" : "bright";
            for (int number = 0; number < DrawnPictures.PER_CLASS; number++) {
                ImageFiles.writePng(
                        ImageFiles.read(pictures.resolve(brightness).resolve(number + ".png")),
                        pictures.resolve(other).resolve("other" + number + ".png"));
            }
        }
        return pictures;
    }

    private Document mistakes(Object... more) throws IOException {
        Path page = folder.resolve("page.html");
        Call call = Call.of(
                List.of("report", TrainedRun.FOLDER.model(), "--test", picturesOfBothClasses(), "--out", page), more);
        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("(12 of 24;");
        return Jsoup.parse(page);
    }

    @Test
    void showsEachMistakeBesideWhatTheModelLookedAt() throws IOException {
        Document html = mistakes();

        assertThat(html.select("#mistakes figure")).hasSize(12).allSatisfy(figure -> {
            assertThat(figure.select("img").eachAttr("src")).hasSize(2).doesNotHaveDuplicates();
            assertThat(figure.select("img").eachAttr("alt"))
                    .element(1)
                    .asString()
                    .startsWith("What the model looked at");
        });
    }

    @Test
    void showsSoManyMistakesTheSurestFirst() throws IOException {
        String surest = mistakes().select("#mistakes figcaption").eachText().get(0);

        Document html = mistakes("--mistakes", 1);

        assertThat(html.select("#mistakes figcaption").eachText()).containsExactly(surest);
        assertThat(html.select("#mistakes figure img")).hasSize(2);
        assertThat(html.select("#mistakes").text()).contains("12 pictures of 24 were taken", "these 1 are");
    }

    @Test
    void judgesTheFirstPictures() throws IOException {
        Path page = folder.resolve("page.html");
        Call call = Call.of(
                "report", TrainedRun.FOLDER.model(), "--test", TrainedRun.PICTURES, "--limit", 3, "--out", page);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains(" of 3; 95 % interval", "The report is in " + page);
        assertThat(Jsoup.parse(page).select("#duplicates").text()).contains("--train");
    }

    @Test
    void leavesAnOldPageWhereItFails() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "old");

        Call call = Call.of("report", TrainedRun.FOLDER.model(), "--test", "signs", "--out", page);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("class");
        assertThat(page).hasContent("old");
    }

    @Test
    void refusesAPlaceThatCannotBeWritten() {
        Path page = folder.resolve("missing").resolve("page.html");

        Call call = Call.of("report", TrainedRun.FOLDER.model(), "--test", TrainedRun.PICTURES, "--out", page);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("there is no folder");
    }
}
