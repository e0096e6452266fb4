package dev.lintel.mesh.istio;

import java.util.Optional;

/**
 * Stickiness that Istio does not have across subsets, made of two things that it has: a rule for each value of the cookie
 * before the weighted rule, and the cookie on what the weighted rule answers.
 */
final class StickyCookie {
    private static final String BEFORE = "^(.*;)? *";
    private static final String AFTER = " *(;.*)?$";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

    private StickyCookie() {}

    /** Matches a {@code Cookie} header in which the cookie has a value. */
    static String regex(String name, String value) {
        return BEFORE + Forms.quote(name) + "=" + Forms.quote(value) + AFTER;
    }

    /** The value of {@code Set-Cookie}: for the browser's session, for all paths, out of reach of scripts. */
    static String set(String name, String value) {
        return (name + "=" + value + ATTRIBUTES).replace("%", "%%");
    }

    /** A cookie's name and value. */
    record Cookie(String name, String value) {}

    /** The inverse of {@link #regex}. */
    static Optional<Cookie> readRegex(String regex) {
        if (!regex.startsWith(BEFORE) || !regex.endsWith(AFTER)) {
            return Optional.empty();
        }
        return cookie(regex.substring(BEFORE.length(), regex.length() - AFTER.length())
                        .replaceAll("\\\\(.)", "$1"))
                .filter(cookie -> regex(cookie.name(), cookie.value()).equals(regex));
    }

    /** The inverse of {@link #set}. */
    static Optional<Cookie> readSet(String header) {
        String plain = header.replace("%%", "%");
        if (!plain.endsWith(ATTRIBUTES)) {
            return Optional.empty();
        }
        return cookie(plain.substring(0, plain.length() - ATTRIBUTES.length()))
                .filter(cookie -> set(cookie.name(), cookie.value()).equals(header));
    }

    private static Optional<Cookie> cookie(String pair) {
        int equals = pair.indexOf('=');
        return equals <= 0
                ? Optional.empty()
                : Optional.of(new Cookie(pair.substring(0, equals), pair.substring(equals + 1)));
    }
}
