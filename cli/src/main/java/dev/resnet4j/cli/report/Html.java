package dev.resnet4j.cli.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.each;
import static j2html.TagCreator.img;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import j2html.tags.specialized.BdiTag;
import j2html.tags.specialized.ImgTag;
import j2html.tags.specialized.TheadTag;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Small parts that stand in many places of the page. What comes from files is shortened, and escaped by j2html. */
final class Html {
    private static final int LONGEST_TEXT = 300;
    private static final int REPLACEMENT = 0xfffd;

    private Html() {}

    /** A name from a file, set apart so that letters written from the right do not turn the text around it. */
    static BdiTag name(String text) {
        return bdi(cleaned(text));
    }

    /** Without control characters, and not too long to read. */
    static String cleaned(String text) {
        String cleaned = text.codePoints()
                .limit(LONGEST_TEXT)
                .map(Html::printable)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > LONGEST_TEXT ? cleaned + "…" : cleaned;
    }

    private static int printable(int codePoint) {
        boolean unprintable = Character.isISOControl(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
        return unprintable ? REPLACEMENT : codePoint;
    }

    /** A share in [0, 1] as {@code 98.3 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A number with four digits after the point. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A number of pictures as {@code 1 picture}, {@code 2 pictures}. */
    static String pictures(int count) {
        return count + (count == 1 ? " picture" : " pictures");
    }

    /** A picture, inside the page itself. */
    static ImgTag picture(Image image, String description) {
        return png(ImageFiles.toPng(image), description).withClass("pixels");
    }

    /** A PNG file, inside the page itself. */
    static ImgTag png(byte[] file, String description) {
        return img().withSrc("data:image/png;base64," + Base64.getEncoder().encodeToString(file))
                .withAlt(cleaned(description));
    }

    /** The first row of a table. */
    static TheadTag heading(List<String> columns) {
        return thead(tr(each(columns, column -> th(column).attr("scope", "col"))));
    }
}
