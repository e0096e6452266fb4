package dev.lintel.traffic;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The checks of headers that a definition may name. */
final class HeaderRules {
    private static final Pattern TOKEN = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final Set<String> FRAMING = new TreeSet<>(Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "keep-alive",
            "proxy-connection",
            "forwarded"));
    private static final Set<String> CREDENTIALS = new TreeSet<>(Set.of("authorization", "cookie", "set-cookie"));
    private static final Set<String> OWNED = new TreeSet<>(FRAMING);

    static {
        OWNED.addAll(CREDENTIALS);
    }

    private HeaderRules() {}

    /** A header's name in lower case, if it is one (RFC 9110, 5.1). */
    static String name(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(lower).matches()) {
            throw new IllegalArgumentException("a header needs a token as its name, but was '" + lower + "'");
        }
        return lower;
    }

    @CanIgnoreReturnValue
    static String value(String name, String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of header '" + name
                    + "' must be visible ASCII on one line, at most 4096 characters, but is not");
        }
        return value;
    }

    static void given(String name) {
        if (OWNED.contains(name) || isReserved(name)) {
            throw new IllegalArgumentException(
                    "header '" + name + "' belongs to the gateway or to the caller and cannot be"
                            + " set; of that sort are " + OWNED + ", x-forwarded-* and x-envoy-*");
        }
    }

    static void framing(String name, String verb) {
        if (FRAMING.contains(name) || isReserved(name)) {
            throw new IllegalArgumentException("header '" + name + "' belongs to the gateway and cannot be " + verb
                    + "; of that sort are " + FRAMING + ", x-forwarded-* and x-envoy-*");
        }
    }

    /** A condition stands in the definition, and what it compares with must not be a secret. */
    static void condition(String name) {
        if (CREDENTIALS.contains(name) || name.equals("proxy-authorization")) {
            throw new IllegalArgumentException(
                    "header '" + name + "' carries secrets and cannot be asked for; ask for a"
                            + " claim, the caller or one cookie instead");
        }
    }

    private static boolean isReserved(String name) {
        return name.startsWith("x-forwarded-") || name.startsWith("x-envoy-");
    }
}
