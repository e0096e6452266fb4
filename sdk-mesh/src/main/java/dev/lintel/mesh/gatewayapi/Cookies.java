package dev.lintel.mesh.gatewayapi;

/**
 * Stickiness across versions, made of two things that implementations on Envoy have: a match on the cookie before the
 * weighted rule, and the cookie on what the weighted rule answers. Gateway API's session persistence keeps a caller on one
 * workload (GEP-1619), which is not what is meant.
 */
final class Cookies {
    private static final String BEFORE = "^(.*;)? *";
    private static final String AFTER = " *(;.*)?$";

    private Cookies() {}

    /** Matches a {@code Cookie} header in which the cookie has a value. */
    static String regex(String name, String value) {
        return BEFORE + quote(name) + "=" + quote(value) + AFTER;
    }

    /** The value of {@code Set-Cookie}: for the browser's session, for all paths, out of reach of scripts. */
    static String set(String name, String value) {
        return (name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax").replace("%", "%%");
    }

    /** A text in RE2 that matches just itself. */
    static String quote(String literal) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            out.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return out.toString();
    }
}
