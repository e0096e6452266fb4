package dev.lintel.graphql.model;

import java.util.Objects;

/**
 * A parameter of an operation.
 *
 * @param name as on the wire
 * @param place where it is sent
 * @param required whether it must be sent
 * @param use its type
 * @param style how it is written, OpenAPI's word, such as {@code form}; {@code content} if it is written as JSON
 * @param explode whether each item and each property is written by itself
 * @param allowReserved whether reserved characters are sent as they are
 * @param hasDefault whether the service has a value for it if none is sent
 * @param description in Markdown, may be empty
 * @param example a value that the service takes, as JSON; empty if the document has none
 */
public record Parameter(
        String name,
        Place place,
        boolean required,
        Use use,
        String style,
        boolean explode,
        boolean allowReserved,
        boolean hasDefault,
        String description,
        String example) {

    /** Where a parameter is sent. */
    public enum Place {
        /** In the path. */
        PATH,
        /** In the query. */
        QUERY,
        /** As a header. */
        HEADER,
        /** As a cookie. */
        COOKIE
    }

    /** Checks that nothing is missing. */
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(example, "example");
    }

    /**
     * A parameter without an example.
     *
     * @param name as on the wire
     * @param place where it is sent
     * @param required whether it must be sent
     * @param use its type
     * @param style how it is written
     * @param explode whether each item and each property is written by itself
     * @param allowReserved whether reserved characters are sent as they are
     * @param hasDefault whether the service has a value for it if none is sent
     * @param description in Markdown, may be empty
     */
    public Parameter(
            String name,
            Place place,
            boolean required,
            Use use,
            String style,
            boolean explode,
            boolean allowReserved,
            boolean hasDefault,
            String description) {
        this(name, place, required, use, style, explode, allowReserved, hasDefault, description, "");
    }
}
