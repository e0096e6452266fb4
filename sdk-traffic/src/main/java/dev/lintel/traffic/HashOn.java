package dev.lintel.traffic;

import dev.lintel.core.model.BalanceRule.By;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a consistent hash is made of. A call without it gets any workload.
 *
 * @param by where it is
 * @param name of the header (in lower case), cookie or query parameter; empty for the address
 */
public record HashOn(By by, String name) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Checks that there is a name if and only if one is needed. */
    public HashOn {
        Objects.requireNonNull(by, "by");
        name = name == null ? "" : by == By.HEADER ? name.toLowerCase(Locale.ROOT) : name;
        if (by == By.ADDRESS ? !name.isEmpty() : !TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    by == By.ADDRESS
                            ? "a hash of the caller's address needs no name, but was given '" + name + "'"
                            : "a hash of a " + by.name().toLowerCase(Locale.ROOT)
                                    + " needs its name, a token of at most 64 characters, but was given '" + name
                                    + "'");
        }
    }

    /**
     * Of a header.
     *
     * @param name the header's name, in any case
     * @return the value for {@link LoadBalancing#consistentHash}
     */
    public static HashOn header(String name) {
        return new HashOn(By.HEADER, name);
    }

    /**
     * Of a cookie.
     *
     * @param name the cookie's name
     * @return the value for {@link LoadBalancing#consistentHash}
     */
    public static HashOn cookie(String name) {
        return new HashOn(By.COOKIE, name);
    }

    /**
     * Of a query parameter.
     *
     * @param name the parameter's name
     * @return the value for {@link LoadBalancing#consistentHash}
     */
    public static HashOn query(String name) {
        return new HashOn(By.QUERY, name);
    }

    /**
     * Of the address that the call comes from.
     *
     * @return the value for {@link LoadBalancing#consistentHash}
     */
    public static HashOn address() {
        return new HashOn(By.ADDRESS, "");
    }
}
