package dev.resnet4j.cli.report;

import static j2html.TagCreator.br;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.p;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import j2html.tags.specialized.FigureTag;

/** The pictures most surely taken for something else. */
final class MistakesPart {
    private MistakesPart() {}

    static DomContent of(Report report) {
        if (report.mistaken() == 0) {
            return p("Every picture was taken for what it is.");
        }
        return div(
                p(introduction(report)),
                div(each(report.mistakes(), MistakesPart::figureOf)).withClass("pictures"));
    }

    private static String introduction(Report report) {
        String shown = report.mistakes().size() < report.mistaken()
                ? "; these " + report.mistakes().size() + " are those that the model was surest of"
                : ", the surest first";
        boolean explained = report.mistakes().stream()
                .anyMatch(mistake -> mistake.lookedAt().isPresent());
        return Html.pictures(report.mistaken()) + " of " + report.confusion().samples()
                + (report.mistaken() == 1 ? " was" : " were") + " taken for something else" + shown + "."
                + (explained
                        ? " Beside each stands what the model looked at (Grad-CAM): the warmer a place, the more it spoke"
                                + " for the wrong class."
                        : "");
    }

    private static FigureTag figureOf(Mistake mistake) {
        return figure(
                Html.picture(mistake.picture(), "Picture " + mistake.place()),
                each(mistake.lookedAt().stream()
                        .map(image -> Html.picture(image, "What the model looked at in picture " + mistake.place()))),
                figcaption(
                        strong(Html.name(mistake.actual())),
                        text(", taken for "),
                        strong(Html.name(mistake.predicted())),
                        br(),
                        text(Html.percent(mistake.probability()) + " sure; own class "
                                + Html.percent(mistake.probabilityOfActual()) + "; picture " + mistake.place())));
    }
}
