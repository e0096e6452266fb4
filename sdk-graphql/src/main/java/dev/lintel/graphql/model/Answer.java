package dev.lintel.graphql.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers if all went well.
 *
 * @param status as in the document, such as {@code 200}, {@code 2XX} or {@code default}; {@code none} if it says none
 * @param mediaType of the content, empty if there is none
 * @param use its type, null if there is no content
 * @param links to operations that tell more about it, sorted by name; only where its type is an object without subtypes
 */
public record Answer(
        String status, String mediaType, @Nullable Use use, List<Link> links) {
    /** Checks that nothing is missing. */
    public Answer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(mediaType, "mediaType");
        links = List.copyOf(links);
    }

    /**
     * An answer without links.
     *
     * @param status as in the document
     * @param mediaType of the content, empty if there is none
     * @param use its type, null if there is no content
     */
    public Answer(String status, String mediaType, @Nullable Use use) {
        this(status, mediaType, use, List.of());
    }

    /**
     * The same with links.
     *
     * @param all of them
     * @return a new value
     */
    public Answer links(List<Link> all) {
        return new Answer(status, mediaType, use, all);
    }
}
