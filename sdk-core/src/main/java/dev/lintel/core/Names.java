package dev.lintel.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The checks of names that end up in host names, DNS labels and hosts of at least two labels (RFC 1123), and how many of
 * them a message tells.
 */
public final class Names {
    /** Also one with a slip in it: {@code https:api.example}, {@code http//api.example}. */
    private static final Pattern SCHEME = Pattern.compile("//|^[a-z]+:/|^https?:");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final int LONGEST = 253;
    private static final int TOLD = 3;

    private Names() {}

    /**
     * A DNS label: lower-case letters, digits and hyphens, 1 to 63 of them.
     *
     * @param what what the name is for, used in the message
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is not a label
     */
    @CanIgnoreReturnValue
    public static String label(String what, String name) {
        Objects.requireNonNull(name, () -> what + " must not be null");
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must be a DNS label (lower-case letters, digits, '-',"
                    + " at most 63), but was '" + name + "'");
        }
        return name;
    }

    /**
     * A host name: DNS labels joined by dots, at most 253 characters, at least two labels.
     *
     * @param host the name
     * @return the name
     * @throws IllegalArgumentException if it is not such a name
     */
    @CanIgnoreReturnValue
    public static String host(String host) {
        Objects.requireNonNull(host, "a host must not be null");
        if (!isHost(host)) {
            throw new IllegalArgumentException(
                    "a host must be lower-case DNS labels joined by dots, without port, but was '" + host + "'");
        }
        return host;
    }

    /**
     * Some names for a message, which stays short however many they are.
     *
     * @param names in the order in which they are told
     * @return the first three, and how many there are besides
     */
    public static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(TOLD, names.size())));
        return names.size() > TOLD ? first + " and " + (names.size() - TOLD) + " more" : first;
    }

    /**
     * Whether a text is a host name as {@link #host} asks for it.
     *
     * @param text the text
     * @return true if it is
     */
    public static boolean isHost(String text) {
        String[] labels = text.split("\\.", -1);
        boolean good = labels.length >= 2 && text.length() <= LONGEST;
        for (String label : labels) {
            good &= LABEL.matcher(label).matches();
        }
        return good;
    }

    /**
     * Whether a host that is made of labels would be read as an IPv4 address: its last label is a number, as no name's is.
     *
     * @param host for example {@code 10.0.0.1} or {@code 0x7f.1}
     * @return true if it is no name
     * @see <a href="https://url.spec.whatwg.org/#ends-in-a-number-checker">URL Standard, ends in a number</a>
     */
    public static boolean isNumeric(String host) {
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }

    /**
     * A host outside as egress speaks of it: a host name, or {@code *.} and a host name for all names below that.
     *
     * @param host the host, in any case
     * @return the host in lower case
     * @throws IllegalArgumentException if it is anything else: an address, a host with a port, a whole URI, a wildcard at
     *     another place, a name that is not ASCII or too long
     */
    public static String outside(String host) {
        Objects.requireNonNull(host, "a host outside must not be null");
        if (host.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a host outside must be at most " + LONGEST + " characters, but has " + host.length());
        }
        if (!host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw wrong("must be visible ASCII, a name in another script as its 'xn--' form", host);
        }
        String lower = host.toLowerCase(Locale.ROOT);
        String rest = lower.startsWith("*.") ? lower.substring(2) : lower;
        if (SCHEME.matcher(lower).find()) {
            throw wrong("must be a host alone, without scheme and path", host);
        }
        if (lower.indexOf(':') != lower.lastIndexOf(':') || isHost(rest) && isNumeric(rest)) {
            throw wrong("must be a name and not an address", host);
        }
        if (lower.indexOf(':') > 0) {
            throw wrong("must be said without its port, which ports(…) says", host);
        }
        if (rest.indexOf('*') >= 0) {
            throw wrong("may have '*' as its whole first label only, as in '*.psp.example'", host);
        }
        if (!isHost(rest)) {
            throw wrong("must be DNS labels joined by dots, at least two and none of them '*'", host);
        }
        return lower;
    }

    private static IllegalArgumentException wrong(String what, String host) {
        return new IllegalArgumentException("a host outside " + what + ", but was '" + host + "'");
    }
}
