package dev.resnet4j.cli.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;

import dev.resnet4j.engine.metrics.WilsonInterval;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.HeadTag;
import j2html.tags.specialized.HeaderTag;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A report as one HTML file that fetches nothing: its pictures and its style are in it, and it has no scripts. */
public final class ReportPage {
    /** Tells browsers to fetch and to run nothing, whatever a file's names may have brought into the page. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private final Report report;

    private ReportPage(Report report) {
        this.report = report;
    }

    /** The whole file's text. */
    public static String of(Report report) {
        return new ReportPage(report).page();
    }

    private String page() {
        List<Part> parts = List.of(
                new Part("classes", "Classes", ClassesPart.of(report.confusion())),
                new Part("confusion", "Confusion matrix", ConfusionPart.of(report.confusion())),
                new Part("calibration", "Calibration", CalibrationPart.of(report)),
                new Part("mistakes", "Mistakes", MistakesPart.of(report)),
                new Part("training", "Training", TrainingPart.of(report)),
                new Part("duplicates", "Duplicates", DuplicatesPart.of(report)),
                new Part("settings", "Settings", SettingsPart.of(report.settings())));
        return document(html(
                        pageHead(),
                        body(
                                pageHeader(),
                                nav(each(parts, part -> a(part.title()).withHref("#" + part.id()))),
                                main(summary(), each(parts, Part::toSection)),
                                footer(p(report.program()))))
                .withLang("en"));
    }

    private HeadTag pageHead() {
        return head(
                meta().attr("charset", "utf-8"),
                meta().attr("http-equiv", "Content-Security-Policy").attr("content", POLICY),
                meta().attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
                title("Report on " + Html.cleaned(report.model())),
                style(rawHtml(css())));
    }

    private static String css() {
        try (InputStream file = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HeaderTag pageHeader() {
        return header(
                h1(text("Report on "), Html.name(report.model())),
                p(
                        text("Judged by " + Html.pictures(report.confusion().samples()) + " of "
                                + report.confusion().classes() + " classes: "),
                        Html.name(report.data())));
    }

    private SectionTag summary() {
        WilsonInterval interval = report.interval();
        return section(
                        card(
                                "Accuracy",
                                Html.percent(report.confusion().accuracy()),
                                String.format(
                                        Locale.ROOT,
                                        "%d of %d; 95 %% interval %.1f to %.1f %%",
                                        report.confusion().correct(),
                                        report.confusion().samples(),
                                        100 * interval.lower(),
                                        100 * interval.upper())),
                        card("Loss", Html.number(report.loss()), "mean cross-entropy"),
                        card("F1", Html.number(report.confusion().macroMean().f1()), "mean over the classes"),
                        card(
                                "Calibration error",
                                Html.percent(report.calibration().expectedError()),
                                "ECE, " + report.calibration().bins().size() + " bins"))
                .withClass("cards")
                .attr("aria-label", "Summary");
    }

    private static DivTag card(String name, String value, String remark) {
        return div(
                        div(name).withClass("name"),
                        div(value).withClass("value"),
                        div(remark).withClass("remark"))
                .withClass("card");
    }

    private record Part(String id, String title, DomContent content) {
        SectionTag toSection() {
            return section(h2(title), content).withId(id);
        }
    }
}
