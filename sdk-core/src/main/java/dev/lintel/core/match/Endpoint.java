package dev.lintel.core.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Methods and paths, written as {@code GET /orders/**}, {@code GET,POST /orders}, or a path alone for every method.
 *
 * @param methods upper-case tokens in the order of saying, empty for every method; {@code HEAD} follows {@code GET}
 * @param path the paths
 */
public record Endpoint(List<String> methods, PathPattern path) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    /** Checks the methods and keeps each once. */
    public Endpoint {
        Objects.requireNonNull(path, "path");
        Set<String> once = new LinkedHashSet<>(methods);
        for (String method : once) {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "a method must be upper-case letters, several joined by ',' and none for all of them, as in"
                                + " 'GET,POST /orders' and '/orders', but was '" + method + "'");
            }
        }
        methods = List.copyOf(new ArrayList<>(once));
    }

    /**
     * Reads an endpoint.
     *
     * @param text {@code GET /orders/**}, or a path alone
     * @return the endpoint
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static Endpoint parse(String text) {
        Objects.requireNonNull(text, "a path must not be null");
        int space = text.indexOf(' ');
        if (space < 0) {
            return new Endpoint(List.of(), PathPattern.parse(text));
        }
        return new Endpoint(
                List.of(text.substring(0, space).split(",", -1)), PathPattern.parse(text.substring(space + 1)));
    }

    /**
     * Every method on every path.
     *
     * @return the endpoint that prints as {@code /**}
     */
    public static Endpoint any() {
        return new Endpoint(List.of(), PathPattern.ANY);
    }

    /**
     * Whether a method is one of these.
     *
     * @param method as it came in the request
     * @return true if no method is named, or this one is, or it is {@code HEAD} and {@code GET} is named
     */
    public boolean allows(String method) {
        return methods.isEmpty() || methods.contains(method) || method.equals("HEAD") && methods.contains("GET");
    }

    /**
     * Whether only the order of saying could tell which of two rules is asked first: the paths are the same whatever the
     * names in braces, and both name a common method or neither names any.
     *
     * @param other of another rule
     * @return true if precedence does not tell them apart
     */
    public boolean rivals(Endpoint other) {
        return path.sameAs(other.path)
                && methods.isEmpty() == other.methods.isEmpty()
                && (methods.isEmpty()
                        || methods.stream().anyMatch(other::allows)
                        || other.methods.stream().anyMatch(this::allows));
    }

    /**
     * The stored form.
     *
     * @return for example {@code GET,POST /orders}
     */
    @Override
    public String toString() {
        return methods.isEmpty() ? path.toString() : String.join(",", methods) + " " + path;
    }
}
