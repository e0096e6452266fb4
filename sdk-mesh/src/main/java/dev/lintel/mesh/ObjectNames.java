package dev.lintel.mesh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of objects that fit: at most 63 characters, so that each may also be a label's value; the same on every run. */
public final class ObjectNames {
    /** The most characters of a name. */
    public static final int LONGEST = 63;

    private static final int HASH = 4;

    private ObjectNames() {}

    /**
     * A name that fits: the name itself, or its beginning and a hash of the whole where it is too long.
     *
     * @param name lower-case letters, digits, {@code -} and {@code .}, of any length
     * @return at most {@value #LONGEST} characters; equal names give equal names, and different ones different ones
     */
    public static String fitting(String name) {
        return fitting(name, "");
    }

    /**
     * A name that fits and keeps its end, by which people tell the objects of one API apart.
     *
     * @param name its beginning, which may be cut
     * @param end for example {@code -entry}, short enough to be kept
     * @return name and end, or what is left of the name, a hash of both, and the end
     */
    public static String fitting(String name, String end) {
        String whole = name + end;
        if (whole.length() <= LONGEST) {
            return whole;
        }
        String tail = "-" + hash(whole) + end;
        if (tail.length() >= LONGEST) {
            throw new IllegalArgumentException("the end of a name must leave room for its beginning, but was '" + end
                    + "' of " + end.length() + " characters");
        }
        String head = name.substring(0, LONGEST - tail.length());
        int last = head.length();
        // A dot or a hyphen in front of the hash would be an empty label, or look like a mistake.
        while (last > 1 && (head.charAt(last - 1) == '.' || head.charAt(last - 1) == '-')) {
            last--;
        }
        return head.substring(0, last) + tail;
    }

    /**
     * Eight digits that stand for a text.
     *
     * @param text anything
     * @return the first digits of its SHA-256
     */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
