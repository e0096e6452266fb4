package dev.lintel.graphql.model;

import java.util.Locale;

/** What media types mean here. */
public final class MediaType {
    private MediaType() {}

    /**
     * Without parameters.
     *
     * @param mediaType with or without
     * @return in small letters
     */
    public static String plain(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it is JSON, or may be.
     *
     * @param mediaType with or without parameters
     * @return true for JSON, for types that end so, and for ranges with JSON in them
     */
    public static boolean json(String mediaType) {
        String plain = plain(mediaType);
        return plain.equals("application/json")
                || plain.endsWith("+json")
                || plain.equals("*/*")
                || plain.equals("application/*")
                || plain.endsWith("/json");
    }
}
