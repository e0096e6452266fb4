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
 * @param security what its callers must show
 * @param service which of several services has it; empty if there is only one
 */
public record Operation(
        String method,
        String path,
        String hint,
        String description,
        boolean deprecated,
        List<Parameter> parameters,
        @Nullable Body body,
        Answer answer,
        Security security,
        String service) {
    /** Keeps a copy. */
    public Operation {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(hint, "hint");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(service, "service");
        parameters = List.copyOf(parameters);
    }

    /**
     * An operation of the only service, of whose callers nothing is asked.
     *
     * @param method in capitals
     * @param path as in the document
     * @param hint its {@code operationId}, or empty
     * @param description in Markdown, may be empty
     * @param deprecated whether new clients should not use it
     * @param parameters sorted by place and name
     * @param body what is sent beside them, if anything is
     * @param answer what comes back
     */
    public Operation(
            String method,
            String path,
            String hint,
            String description,
            boolean deprecated,
            List<Parameter> parameters,
            @Nullable Body body,
            Answer answer) {
        this(method, path, hint, description, deprecated, parameters, body, answer, Security.NONE, "");
    }

    /**
     * The same with another answer.
     *
     * @param other what comes back
     * @return a new value
     */
    public Operation answer(Answer other) {
        return new Operation(method, path, hint, description, deprecated, parameters, body, other, security, service);
    }

    /**
     * What it is known by.
     *
     * @return method and path, after the service if there are several
     */
    public String key() {
        return (service.isEmpty() ? "" : service + " ") + method + " " + path;
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
