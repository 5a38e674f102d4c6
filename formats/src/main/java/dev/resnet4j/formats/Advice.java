package dev.resnet4j.formats;

/** What to do, where more than one check says it. */
public final class Advice {
    public static final String SAVE_AGAIN = "the file may be damaged: copy or save it again";
    public static final String SUPPORTED_ONLY =
            "build the model of the layers and options that resnet4j has, then save it again";

    private Advice() {}
}
