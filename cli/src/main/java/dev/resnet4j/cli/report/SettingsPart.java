package dev.resnet4j.cli.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.Map;

/** What is stored with the model. */
final class SettingsPart {
    private SettingsPart() {}

    static DomContent of(Map<String, String> settings) {
        return table(tbody(each(
                        settings,
                        setting -> tr(
                                th(Html.name(setting.getKey())).attr("scope", "row"),
                                td(Html.name(setting.getValue())).withClass("words")))))
                .withClass("settings");
    }
}
