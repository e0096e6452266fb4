package dev.lintel.traffic;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a caller on its version: a cookie of ours, a header that names the caller, or a claim of the
 * verified token. Exactly one of them.
 *
 * @param cookie the name of a cookie that remembers the version drawn at the first call; null if something else tells
 * @param header the name, in lower case, of a header whose value is hashed; null if something else tells
 * @param claim the name of a claim whose value is hashed; null if something else tells
 */
public record Sticky(
        @Nullable String cookie,
        @Nullable String header,
        @Nullable String claim) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    private static final Pattern CLAIM = Pattern.compile("[\\x21-\\x7e]{1,256}");

    /** Checks that exactly one name is given, and that it is one (RFC 9110, 5.6.2). */
    public Sticky {
        if (Stream.of(cookie, header, claim)
                        .filter(name -> !Objects.isNull(name))
                        .count()
                != 1) {
            throw new IllegalArgumentException("a split is sticky by a cookie, by a header or by a claim, one of them");
        }
        if (claim != null && !CLAIM.matcher(claim).matches()) {
            throw new IllegalArgumentException(
                    "the name of a claim must be visible ASCII, at most 256 characters, but was '" + claim + "'");
        }
        String name = cookie == null ? header : cookie;
        if (name != null && !TOKEN.matcher(name).matches()) {
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
        return new Sticky(name, null, null);
    }

    /**
     * By a header that names the caller: equal values get equal versions, and raising a version's share moves callers
     * only to it, never away. Calls without the header are shared by weight.
     *
     * @param name the header's name, in any case
     * @return the value for {@link Split#sticky}
     */
    public static Sticky header(String name) {
        return new Sticky(null, name, null);
    }

    /**
     * By a claim of the verified token: its value, a text, a number or a boolean, is hashed as a header's is. Calls without a
     * token or the claim are shared by weight.
     *
     * @param name the claim's name, for example {@code sub}
     * @return the value for {@link Split#sticky}
     */
    public static Sticky claim(String name) {
        return new Sticky(null, null, name);
    }
}
