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
        if (name.isEmpty() || !name.chars().allMatch(Header::token)) {
            throw new IllegalArgumentException("the name of a header has letters, digits and marks such as '-' only");
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t')) {
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

    static boolean token(int c) {
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
