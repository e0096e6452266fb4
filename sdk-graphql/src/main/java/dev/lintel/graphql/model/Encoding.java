package dev.lintel.graphql.model;

import java.util.Objects;

/**
 * How one property of a form is written.
 *
 * @param mediaType of its part, perhaps several with commas between; empty if it goes by the type of the property
 * @param style as of {@link Parameter#style}; empty if none is said, and then objects are JSON
 * @param explode whether each item and each property is written by itself
 * @param allowReserved whether reserved characters are sent as they are
 */
public record Encoding(String mediaType, String style, boolean explode, boolean allowReserved) {
    /** What holds for properties of which a document says nothing. */
    public static final Encoding DEFAULT = new Encoding("", "", true, false);

    /** Checks that nothing is missing. */
    public Encoding {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(style, "style");
    }
}
