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

import dev.resnet4j.engine.metrics.Calibration;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.List;

/** Whether the model is right as often as it claims. */
final class CalibrationPart {
    private CalibrationPart() {}

    static DomContent of(Report report) {
        Calibration calibration = report.calibration();
        return div(
                p(
                        "A model is well calibrated where of the answers that it gives with 80 % confidence 80 % are right: where"
                                + " each bar ends at its diamond. Expected calibration error: "
                                + Html.percent(calibration.expectedError()) + ", the mean gap; largest gap: "
                                + Html.percent(calibration.maximumError()) + " (Guo et al., 2017; "
                                + calibration.bins().size() + " bins of equal width)."),
                report.reliabilityDiagram()
                        .<DomContent>map(
                                png -> Html.png(png, "Accuracy over confidence; the table below has the numbers"))
                        .orElseGet(() -> p("The diagram could not be drawn where this report was written.")),
                details(
                        summary("The numbers"),
                        table(
                                        Html.heading(List.of("Confidence", "Pictures", "Mean confidence", "Accuracy")),
                                        tbody(each(calibration.bins(), CalibrationPart::row)))
                                .withClass("numbers")));
    }

    private static TrTag row(Calibration.Bin bin) {
        return tr(
                th(Html.percent(bin.lower()) + " to " + Html.percent(bin.upper()))
                        .attr("scope", "row"),
                td(String.valueOf(bin.count())),
                td(bin.count() == 0 ? "" : Html.percent(bin.confidence())),
                td(bin.count() == 0 ? "" : Html.percent(bin.accuracy())));
    }
}
