package dev.lintel.traffic;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a caller on its version: a cookie of ours, or a header that names the caller. Exactly one of the two.
 *
 * @param cookie the name of a cookie that remembers the version drawn at the first call; null if a header tells
 * @param header the name, in lower case, of a header whose value is hashed; null if a cookie tells
 */
public record Sticky(@Nullable String cookie, @Nullable String header) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Checks that exactly one name is given, and that it is a token (RFC 9110, 5.6.2). */
    public Sticky {
        if ((cookie == null) == (header == null)) {
            throw new IllegalArgumentException("a split is sticky by a cookie or by a header, one of them");
        }
        String name = cookie == null ? header : cookie;
        if (!TOKEN.matcher(String.valueOf(name)).matches()) {
            throw new IllegalArgumentException(
                    "the name of a cookie or header must be a token of at most 64 characters, but was '" + name + "'");
        }
        header = header == null ? null : header.toLowerCase(Locale.ROOT);
    }

    /**
     * By a cookie that the gateway sets: it holds the version's name, is kept for the browser's session, and is obeyed
     * while that version has weight. A caller can choose its version with it, so a version must not be a secret.
     *
     * @param name the cookie's name
     * @return the value for {@link Split#sticky}
     */
    public static Sticky cookie(String name) {
        return new Sticky(name, null);
    }

    /**
     * By a header that names the caller: equal values get equal versions, and raising a version's share moves callers
     * only to it, never away. Calls without the header are shared by weight.
     *
     * @param name the header's name, in any case
     * @return the value for {@link Split#sticky}
     */
    public static Sticky header(String name) {
        return new Sticky(null, name);
    }
}
