package dev.resnet4j.cli.report;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.resnet4j.engine.metrics.ConfusionMatrix;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was taken for what: as a coloured table, and the most frequent mix-ups where the table would be too large. */
final class ConfusionPart {
    private static final int LARGEST_TABLE = 40;
    private static final int MIX_UPS = 20;
    private static final String RIGHT = "31,119,180";
    private static final String WRONG = "217,95,2";

    /** As light as a cell may be to be seen, and as dark as it may be for its number to be read. */
    private static final double LIGHTEST = 0.08;

    private static final double DARKEST = 0.85;

    private final ConfusionMatrix confusion;

    private ConfusionPart(ConfusionMatrix confusion) {
        this.confusion = confusion;
    }

    static DomContent of(ConfusionMatrix confusion) {
        ConfusionPart part = new ConfusionPart(confusion);
        if (confusion.classes() > LARGEST_TABLE) {
            return div(
                    p("The table of " + confusion.classes() + " classes would be too large; these are the most frequent"
                            + " mix-ups."),
                    part.mixUps());
        }
        return div(
                p(
                        "A row for each class, a column for what its pictures were taken for. The darker, the larger a part of"
                                + " the row."),
                div(part.matrix()).withClass("wide"));
    }

    private TableTag matrix() {
        return table(
                        thead(tr(
                                th("Class").attr("scope", "col"),
                                each(
                                        confusion.classNames(),
                                        name -> th(Html.name(name))
                                                .attr("scope", "col")
                                                .withClass("upright")))),
                        tbody(each(IntStream.range(0, confusion.classes()).mapToObj(this::row))))
                .withClass("confusion");
    }

    private TrTag row(int actual) {
        return tr(
                th(Html.name(confusion.classNames().get(actual))).attr("scope", "row"),
                each(IntStream.range(0, confusion.classes()).mapToObj(predicted -> cell(actual, predicted))));
    }

    private TdTag cell(int actual, int predicted) {
        int count = confusion.count(actual, predicted);
        if (count == 0) {
            return td(actual == predicted ? "0" : "").withCondClass(actual == predicted, "diagonal");
        }
        double share = (double) count / confusion.actual(actual);
        return td(String.valueOf(count))
                .withCondClass(actual == predicted, "diagonal")
                .withStyle(String.format(
                        Locale.ROOT,
                        "background:rgba(%s,%.3f)",
                        actual == predicted ? RIGHT : WRONG,
                        LIGHTEST + (DARKEST - LIGHTEST) * share));
    }

    private TableTag mixUps() {
        return table(
                        caption("The " + MIX_UPS + " most frequent"),
                        Html.heading(List.of("Class", "Taken for", "Pictures", "Of")),
                        tbody(each(mostFrequent(), this::row)))
                .withClass("numbers");
    }

    private List<MixUp> mostFrequent() {
        return IntStream.range(0, confusion.classes())
                .boxed()
                .flatMap(actual -> IntStream.range(0, confusion.classes())
                        .filter(predicted -> predicted != actual && confusion.count(actual, predicted) > 0)
                        .mapToObj(predicted -> new MixUp(actual, predicted, confusion.count(actual, predicted))))
                .sorted(Comparator.comparingInt(MixUp::count).reversed())
                .limit(MIX_UPS)
                .toList();
    }

    private TrTag row(MixUp mixUp) {
        return tr(
                th(Html.name(confusion.classNames().get(mixUp.actual()))).attr("scope", "row"),
                td(Html.name(confusion.classNames().get(mixUp.predicted()))).withClass("words"),
                td(String.valueOf(mixUp.count())),
                td(String.valueOf(confusion.actual(mixUp.actual()))));
    }

    private record MixUp(int actual, int predicted, int count) {}
}
