package dev.lintel.graphql.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation of an API.
 *
 * @param method in capitals
 * @param path as in the document, with its templates
 * @param hint what it would be called best: its {@code operationId}, or empty
 * @param description in Markdown, may be empty
 * @param deprecated whether new clients should not use it
 * @param parameters sorted by place and name
 * @param body what is sent beside them, if anything is
 * @param answer what comes back
 */
public record Operation(
        String method,
        String path,
        String hint,
        String description,
        boolean deprecated,
        List<Parameter> parameters,
        @Nullable Body body,
        Answer answer) {
    /** Keeps a copy. */
    public Operation {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(hint, "hint");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(answer, "answer");
        parameters = List.copyOf(parameters);
    }

    /**
     * What it is known by.
     *
     * @return method and path
     */
    public String key() {
        return method + " " + path;
    }

    /**
     * Whether it only reads: RFC 9110, 9.2.1.
     *
     * @return true for GET
     */
    public boolean safe() {
        return method.equals("GET");
    }
}
