package dev.lintel.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Values in queries. */
final class Urls {
    private Urls() {}

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
