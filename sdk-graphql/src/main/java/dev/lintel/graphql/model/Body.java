package dev.lintel.graphql.model;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operation is sent beside its parameters.
 *
 * @param mediaType in which it is sent
 * @param required whether it must be sent
 * @param use its type
 * @param encodings how properties of a form are written, by their names in JSON; none for most
 * @param description in Markdown, may be empty
 */
public record Body(
        String mediaType, boolean required, Use use, SortedMap<String, Encoding> encodings, String description) {
    /** Keeps a copy. */
    public Body {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(description, "description");
        encodings = Collections.unmodifiableSortedMap(new TreeMap<>(encodings));
    }
}
