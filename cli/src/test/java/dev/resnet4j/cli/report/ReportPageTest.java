package dev.resnet4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.data.duplicates.Duplicate;
import dev.resnet4j.engine.metrics.Calibration;
import dev.resnet4j.engine.metrics.ConfusionMatrix;
import dev.resnet4j.model.training.History;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String SCRIPT = "</td></style><script>alert('1')</script>";
    private static final String QUOTES = "\" onerror='alert(1)' x=\"<img src=http://evil.example/x>&amp;";
    private static final String RIGHT_TO_LEFT = "\u202ecat\u2066";
    private static final List<String> HOSTILE = List.of(SCRIPT, QUOTES, RIGHT_TO_LEFT);
    private static final Image PICTURE = new Image(2, 2, 3, new byte[12]);

    private static Report report(List<String> names, List<Integer> actual, List<Integer> predicted) {
        ConfusionMatrix confusion = ConfusionMatrix.of(names, actual, predicted);
        List<Mistake> mistakes = IntStream.range(0, actual.size())
                .filter(place -> !actual.get(place).equals(predicted.get(place)))
                .mapToObj(place -> new Mistake(
                        place,
                        PICTURE,
                        names.get(actual.get(place)),
                        names.get(predicted.get(place)),
                        0.75,
                        0.25,
                        Optional.of(PICTURE)))
                .toList();
        History history = History.EMPTY.plus(new History.Epoch(
                1, new History.Scores(1.25, 0.5), Optional.of(new History.Scores(1.5, 0.25)), 0.001, 3));
        byte[] png = ImageFiles.toPng(PICTURE);
        DuplicatePictures duplicates = new DuplicatePictures(
                List.of(new DuplicatePictures.Pair(
                        new Duplicate(4, 0, 1), PICTURE, PICTURE, names.get(0), names.get(1))),
                2,
                1);
        return new Report(
                "<b>model</b>.keras",
                names.get(0),
                confusion,
                0.5,
                Calibration.of(List.of(0.75, 0.5), List.of(true, false), 15),
                Optional.of(png),
                mistakes,
                history,
                Optional.of(png),
                Optional.of(duplicates),
                Map.of("recipe\u0000", SCRIPT.repeat(100)),
                "resnet4j 1");
    }

    private static Document parsed(Report report) {
        Parser parser = Parser.htmlParser().setTrackErrors(100);
        Document page = Jsoup.parse(ReportPage.of(report), parser);
        assertThat(parser.getErrors()).isEmpty();
        return page;
    }

    @Test
    void isOneFileWithoutScriptsOrOutsideResourcesWhateverTheNames() {
        Document page = parsed(report(HOSTILE, List.of(0, 1, 2), List.of(0, 2, 1)));

        assertThat(page.select("script, iframe, object, embed, link, base, form, svg, b"))
                .isEmpty();
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.selectFirst("style").data()).doesNotContain("url(", "@import");
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertThat(attribute.getKey()).doesNotStartWith("on");
                switch (attribute.getKey()) {
                    case "src" -> assertThat(attribute.getValue()).startsWith("data:image/png;base64,");
                    case "href" -> assertThat(page.select(attribute.getValue())).hasSize(1);
                    default -> assertThat(attribute.getValue()).doesNotContain("evil");
                }
            }
        }
    }

    @Test
    void showsNamesAsTheyAreSetApartFromTheTextAround() {
        Document page = parsed(report(HOSTILE, List.of(0, 1, 2), List.of(0, 2, 1)));

        assertThat(page.select("#classes tbody bdi").eachText()).isEqualTo(HOSTILE);
        assertThat(page.select("#confusion thead bdi").eachText()).isEqualTo(HOSTILE);
        assertThat(page.select("#mistakes figcaption bdi").eachText())
                .containsExactly(QUOTES, RIGHT_TO_LEFT, RIGHT_TO_LEFT, QUOTES);
        assertThat(page.selectFirst("h1").text()).isEqualTo("Report on <b>model</b>.keras");
        assertThat(page.select("#settings th").text()).isEqualTo("recipe\ufffd");
        assertThat(page.select("#settings td").text()).hasSize(301).startsWith(SCRIPT);
    }

    @Test
    void tellsTheNumbers() {
        Document page = parsed(report(List.of("cat", "dog"), List.of(0, 0, 0, 1), List.of(0, 0, 1, 1)));

        // 3 of 4: Wilson's interval is (0.75 + 1.9208/4 +- 1.96 sqrt(0.1875/4 + 0.9604/16)) / (1 + 3.8416/4).
        assertThat(page.select(".card").get(0).text())
                .isEqualTo("Accuracy 75.0 % 3 of 4; 95 % interval 30.1 to 95.4 %");
        assertThat(page.select("#classes tbody tr").eachText())
                .containsExactly("cat 3 1.0000 0.6667 0.8000", "dog 1 0.5000 1.0000 0.6667");
        assertThat(page.select("#classes tfoot tr").text()).isEqualTo("Mean over the classes 4 0.7500 0.8333 0.7333");
        assertThat(page.select("#confusion tbody tr").eachText()).containsExactly("cat 2 1", "dog 1");
        assertThat(page.select("#confusion tbody tr").get(0).select("td").get(1).attr("style"))
                .isEqualTo("background:rgba(217,95,2,0.337)");
        assertThat(page.select("#mistakes figure")).singleElement().satisfies(mistake -> {
            assertThat(mistake.text()).isEqualTo("cat, taken for dog 75.0 % sure; own class 25.0 %; picture 2");
            assertThat(mistake.select("img")).hasSize(2);
        });
        assertThat(page.select("#training tbody tr").text()).isEqualTo("1 1.2500 0.5000 1.5000 0.2500 0.001 3.0");
        assertThat(page.select("#duplicates p").text())
                .contains("1 picture of the test data is", "Without them the accuracy is 50.0 % (1 of 2;");
    }

    @Test
    void saysWhatThereIsNothingToShowOf() {
        Report full = report(List.of("cat", "dog"), List.of(0, 1), List.of(0, 1));
        Document page = parsed(new Report(
                full.model(),
                full.data(),
                full.confusion(),
                full.loss(),
                full.calibration(),
                Optional.empty(),
                List.of(),
                History.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                full.program()));

        assertThat(page.select("#mistakes").text()).contains("Every picture was taken for what it is.");
        assertThat(page.select("#training").text()).contains("says nothing of its training");
        assertThat(page.select("#duplicates").text()).contains("--train");
        assertThat(page.select("#calibration").text()).contains("could not be drawn");
    }

    @Test
    void listsTheMostFrequentMixUpsOfManyClasses() {
        List<String> names =
                IntStream.range(0, 1000).mapToObj(index -> "c" + index).toList();
        Document page = parsed(report(names, List.of(7, 7, 8, 9), List.of(3, 3, 8, 1)));

        assertThat(page.select("#confusion tbody tr").eachText()).containsExactly("c7 c3 2 2", "c9 c1 1 1");
    }

    @Test
    void countsATestPictureOnceWithTheTrainingPictureMostLikeIt() {
        Dataset data = new Dataset(List.of(PICTURE, PICTURE, PICTURE), List.of(0, 1, 1), List.of("cat", "dog"));
        DuplicatePictures found = DuplicatePictures.of(
                List.of(new Duplicate(0, 2, 4), new Duplicate(1, 2, 0), new Duplicate(2, 0, 3)),
                data,
                data,
                place -> place == 1);

        assertThat(found.pairs())
                .extracting(DuplicatePictures.Pair::places)
                .containsExactly(new Duplicate(2, 0, 3), new Duplicate(1, 2, 0));
        assertThat(found.others()).isEqualTo(1);
        assertThat(found.othersRight()).isEqualTo(1);
    }
}
