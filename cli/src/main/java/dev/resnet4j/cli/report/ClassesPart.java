package dev.resnet4j.cli.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tfoot;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import dev.resnet4j.engine.metrics.ClassScores;
import dev.resnet4j.engine.metrics.ConfusionMatrix;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Precision, recall and F1 of each class. */
final class ClassesPart {
    private ClassesPart() {}

    static DomContent of(ConfusionMatrix confusion) {
        List<ClassScores> scores = confusion.classScores();
        return div(
                p("Precision: how many of the pictures taken for a class are of it. Recall: how many of a class's"
                        + " pictures are found. F1: their harmonic mean."),
                table(
                                Html.heading(List.of("Class", "Pictures", "Precision", "Recall", "F1")),
                                tbody(each(IntStream.range(0, scores.size())
                                        .mapToObj(index -> row(
                                                Html.name(confusion.classNames().get(index)), scores.get(index))))),
                                tfoot(row(text("Mean over the classes"), confusion.macroMean())))
                        .withClass("numbers"));
    }

    private static TrTag row(DomContent name, ClassScores scores) {
        return tr(
                th(name).attr("scope", "row"),
                td(String.valueOf(scores.support())),
                score(scores.precision()),
                score(scores.recall()),
                score(scores.f1()));
    }

    /** The number in front of a bar of its length. */
    private static TdTag score(double value) {
        return td(Html.number(value))
                .withClass("bar")
                .withStyle(String.format(Locale.ROOT, "background-size:%.1f%% 100%%", 100 * value));
    }
}
