package dev.resnet4j.cli.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import dev.resnet4j.model.training.History;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.Locale;

/** How the training went. */
final class TrainingPart {
    private TrainingPart() {}

    static DomContent of(Report report) {
        List<History.Epoch> epochs = report.history().epochs();
        if (epochs.isEmpty()) {
            return p("The model's file says nothing of its training.");
        }
        return div(
                report.curves()
                        .<DomContent>map(png ->
                                Html.png(png, "Loss and accuracy over the epochs; the table below has the numbers"))
                        .orElseGet(() -> p("The curves could not be drawn where this report was written.")),
                details(
                        summary("The numbers"),
                        table(
                                        Html.heading(List.of(
                                                "Epoch",
                                                "Loss",
                                                "Accuracy",
                                                "Test loss",
                                                "Test accuracy",
                                                "Learning rate",
                                                "Seconds")),
                                        tbody(each(epochs, TrainingPart::row)))
                                .withClass("numbers")));
    }

    private static TrTag row(History.Epoch epoch) {
        return tr(
                th(String.valueOf(epoch.number())).attr("scope", "row"),
                td(Html.number(epoch.training().loss())),
                td(Html.number(epoch.training().accuracy())),
                td(epoch.validation().map(scores -> Html.number(scores.loss())).orElse("")),
                td(epoch.validation()
                        .map(scores -> Html.number(scores.accuracy()))
                        .orElse("")),
                td(String.valueOf(epoch.learningRate())),
                td(String.format(Locale.ROOT, "%.1f", epoch.seconds())));
    }
}
