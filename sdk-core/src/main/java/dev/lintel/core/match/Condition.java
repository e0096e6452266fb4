package dev.lintel.core.match;

import dev.lintel.core.Peer;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that is true of a call or not, whatever its path: a header, a cookie, a claim of the verified token, or who
 * or which workload calls. Values are compared as text, whole and with case.
 *
 * @param by where to look
 * @param name the header's (in lower case), cookie's or claim's name; always {@code caller} for the
 *     caller and {@code workload} for a workload
 * @param value what must be there
 */
public record Condition(By by, String name, String value) {
    private static final int LONGEST = 1024;

    /** Checks that there is a name and a value. */
    public Condition {
        Objects.requireNonNull(by, "by");
        name = by == By.CALLER || by == By.WORKLOAD
                ? by.toString()
                : by == By.HEADER ? name.toLowerCase(Locale.ROOT) : name;
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a condition must name a " + by + " in 1 to " + LONGEST + " characters, but was '" + name + "'");
        }
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("the value that " + by + " '" + name + "' must have needs 1 to "
                    + LONGEST + " characters, but was '" + value + "'");
        }
        if (by == By.WORKLOAD && !Peer.workload(value, "any").toString().equals(value)) {
            throw new IllegalArgumentException(
                    "a workload is named 'name.namespace', for example 'frontend.shop', but was '" + value + "'");
        }
    }

    /** Where a condition looks. */
    public enum By {
        /** A header, all its values joined by commas. */
        HEADER,
        /** A cookie's first value. */
        COOKIE,
        /** A claim of the verified token; of several values one is enough. */
        CLAIM,
        /** Who calls, as far as a token proves it: the subject of the verified token. */
        CALLER,
        /** Which workload calls, as far as the connection proves it. */
        WORKLOAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A header has a value.
     *
     * @param name the header's name, in any case
     * @param value its whole value
     * @return the condition
     */
    public static Condition header(String name, String value) {
        return new Condition(By.HEADER, name, value);
    }

    /**
     * A cookie has a value.
     *
     * @param name the cookie's name
     * @param value its whole value
     * @return the condition
     */
    public static Condition cookie(String name, String value) {
        return new Condition(By.COOKIE, name, value);
    }

    /**
     * The verified token has a claim with a value. Without a verified token it does not hold.
     *
     * @param name the claim's name
     * @param value its value, or one of its values
     * @return the condition
     */
    public static Condition claim(String name, String value) {
        return new Condition(By.CLAIM, name, value);
    }

    /**
     * Somebody calls, proven by a verified token whose subject that is.
     *
     * @param subject the token's {@code sub}
     * @return the condition
     */
    public static Condition caller(String subject) {
        return new Condition(By.CALLER, By.CALLER.toString(), subject);
    }

    /**
     * A workload calls, proven by the client certificate of its connection. What tokens and headers say never counts.
     *
     * @param workload for example {@code frontend.shop}
     * @return the condition
     */
    public static Condition workload(String workload) {
        return new Condition(By.WORKLOAD, By.WORKLOAD.toString(), workload);
    }

    /** For example {@code header x-canary=1}, {@code caller alice}. */
    @Override
    public String toString() {
        return by == By.CALLER || by == By.WORKLOAD ? by + " " + value : by + " " + name + "=" + value;
    }
}
