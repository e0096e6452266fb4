package dev.lintel.graphql.model;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer says about where more is: another operation, and where its arguments come from.
 *
 * @param name as in the document
 * @param target key of an operation that only reads
 * @param parameters runtime expressions of OpenAPI, such as {@code $response.body#/id}, or values, by
 *     {@code path.id}: place and name of a parameter of the target
 * @param description in Markdown, may be empty
 */
public record Link(String name, String target, SortedMap<String, String> parameters, String description) {
    /** Keeps a copy. */
    public Link {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(description, "description");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /**
     * Whether a parameter of the target is given by the link.
     *
     * @param parameter of the target
     * @return false if it is left to whoever follows the link
     */
    public boolean gives(Parameter parameter) {
        return parameters.containsKey(key(parameter));
    }

    /**
     * What a parameter is known by in a link.
     *
     * @param parameter of the target
     * @return such as {@code path.id}
     */
    public static String key(Parameter parameter) {
        return parameter.place().name().toLowerCase(java.util.Locale.ROOT) + "." + parameter.name();
    }
}
