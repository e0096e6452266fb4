package dev.lintel.core.evaluate;

import org.jspecify.annotations.Nullable;

/** Finds one cookie in a {@code Cookie} header (RFC 6265, 4.2.1). */
public final class Cookies {
    private Cookies() {}

    /**
     * The first value of a cookie.
     *
     * @param header the {@code Cookie} header's value
     * @param name the cookie's name
     * @return null if the cookie is missing
     */
    public static @Nullable String value(String header, String name) {
        int at = 0;
        while (at < header.length()) {
            int semicolon = header.indexOf(';', at);
            int end = semicolon < 0 ? header.length() : semicolon;
            while (at < end && header.charAt(at) == ' ') {
                at++;
            }
            int equals = at + name.length();
            if (equals < end && header.charAt(equals) == '=' && header.startsWith(name, at)) {
                return header.substring(equals + 1, end).trim();
            }
            at = end + 1;
        }
        return null;
    }
}
