package dev.resnet4j.formats;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The small real files that stand beside the tests. */
public final class Resources {
    private Resources() {}

    /** The file beside a test class. */
    public static Path file(Class<?> test, String name) {
        URL url = test.getResource(name);
        if (url == null) {
            throw new IllegalArgumentException("there is no resource " + name + " beside " + test);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
