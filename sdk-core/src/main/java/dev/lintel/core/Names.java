package dev.lintel.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import java.util.regex.Pattern;

/** The checks of names that end up in host names: DNS labels and hosts of at least two labels (RFC 1123). */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

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
     * Whether a text is a host name as {@link #host} asks for it.
     *
     * @param text the text
     * @return true if it is
     */
    public static boolean isHost(String text) {
        String[] labels = text.split("\\.", -1);
        boolean good = labels.length >= 2 && text.length() <= 253;
        for (String label : labels) {
            good &= LABEL.matcher(label).matches();
        }
        return good;
    }
}
