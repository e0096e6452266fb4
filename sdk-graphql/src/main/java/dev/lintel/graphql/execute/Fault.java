package dev.lintel.graphql.execute;

import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error of an answer.
 *
 * @param message for people
 * @param location in the document, null if it has none
 * @param path of keys and numbers in the data, empty if nothing was executed
 * @param extensions {@code code} first
 */
record Fault(String message, @Nullable SourceLocation location, List<Object> path, Map<String, Object> extensions) {
    Fault {
        path = List.copyOf(path);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    static Fault of(Code code, String message) {
        return new Fault(message, null, List.of(), Map.of("code", code.name()));
    }

    static Fault of(Code code, String message, @Nullable SourceLocation location, List<Object> path) {
        return new Fault(message, location, path, Map.of("code", code.name()));
    }

    /** What the library found wrong, by our codes. */
    static Fault of(Code code, GraphQLError error) {
        List<SourceLocation> places = error.getLocations();
        return of(
                code,
                String.valueOf(error.getMessage()),
                places == null || places.isEmpty() ? null : places.get(0),
                List.of());
    }

    String code() {
        return String.valueOf(extensions.get("code"));
    }

    void write(JsonOut out) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("message", message);
        if (location != null) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("line", location.getLine());
            place.put("column", location.getColumn());
            members.put("locations", List.of(place));
        }
        if (!path.isEmpty()) {
            members.put("path", path);
        }
        members.put("extensions", extensions);
        out.value(members);
    }
}
