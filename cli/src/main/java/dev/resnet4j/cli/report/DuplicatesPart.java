package dev.resnet4j.cli.report;

import static j2html.TagCreator.br;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import dev.resnet4j.engine.metrics.WilsonInterval;
import j2html.tags.DomContent;
import j2html.tags.specialized.FigureTag;
import java.util.Locale;

/** Test pictures that the model learned from: what it says of them shows nothing. */
final class DuplicatesPart {
    /** More would make the page large and tell nothing new. */
    private static final int SHOWN = 60;

    private DuplicatesPart() {}

    static DomContent of(Report report) {
        return report.duplicates()
                .map(DuplicatesPart::of)
                .orElseGet(() -> p(
                        text(
                                "Nobody looked for test pictures that the model learned from: name the training data with "),
                        code("--train"),
                        text(".")));
    }

    private static DomContent of(DuplicatePictures duplicates) {
        if (duplicates.pairs().isEmpty()) {
            return p("No test picture is in the training data.");
        }
        return div(
                p(Html.pictures(duplicates.pairs().size()) + " of the test data "
                        + (duplicates.pairs().size() == 1 ? "is" : "are")
                        + " in the training data, too, alike or nearly so (perceptual hash)."
                        + without(duplicates)),
                div(each(duplicates.pairs().stream().limit(SHOWN).map(DuplicatesPart::figureOf)))
                        .withClass("pictures"));
    }

    private static String without(DuplicatePictures duplicates) {
        if (duplicates.others() == 0) {
            return " There are no others to judge by.";
        }
        WilsonInterval interval = WilsonInterval.of(duplicates.othersRight(), duplicates.others());
        return String.format(
                Locale.ROOT,
                " Without them the accuracy is %s (%d of %d; 95 %% interval %.1f to %.1f %%).",
                Html.percent((double) duplicates.othersRight() / duplicates.others()),
                duplicates.othersRight(),
                duplicates.others(),
                100 * interval.lower(),
                100 * interval.upper());
    }

    private static FigureTag figureOf(DuplicatePictures.Pair pair) {
        return figure(
                Html.picture(
                        pair.training(), "Training picture " + pair.places().training()),
                Html.picture(pair.test(), "Test picture " + pair.places().test()),
                figcaption(
                        text("training picture " + pair.places().training() + ": "),
                        Html.name(pair.trainingClass()),
                        br(),
                        text("test picture " + pair.places().test() + ": "),
                        Html.name(pair.testClass()),
                        br(),
                        text("distance " + pair.places().distance())));
    }
}
