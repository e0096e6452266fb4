package dev.lintel.graphql.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header field, RFC 9110, 5. What it prints has no value in it.
 *
 * @param name a token; letters of both cases are the same
 * @param value visible ASCII, spaces and tabs between
 */
public record Header(String name, String value) {
    /** Checks that both can stand in a header. */
    public Header {
        if (!word(name)) {
            throw new IllegalArgumentException("the name of a header has letters, digits and marks such as '-' only");
        }
        if (!visible(value)) {
            throw new IllegalArgumentException(
                    "the value of header '" + name + "' has characters that headers have not");
        }
    }

    /**
     * The first value of a header.
     *
     * @param headers to look in
     * @param name of it
     * @return its value, or null if there is none
     */
    public static @Nullable String first(List<Header> headers, String name) {
        for (Header header : headers) {
            if (header.name.equalsIgnoreCase(name)) {
                return header.value;
            }
        }
        return null;
    }

    /** Whether both can stand in a header. */
    static boolean fits(String name, String value) {
        return word(name) && visible(value);
    }

    static boolean word(String text) {
        return !text.isEmpty() && text.chars().allMatch(Header::token);
    }

    private static boolean visible(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t');
    }

    private static boolean token(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return name + ": [redacted]";
    }
}
