package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is changed in headers, with the lines that said it. */
final class DraftHeaders {
    private final Map<String, String> setInRequest = new LinkedHashMap<>();
    private final Map<String, String> setInResponse = new LinkedHashMap<>();
    private final Map<String, String> addToRequest = new LinkedHashMap<>();
    private final Map<String, String> addToResponse = new LinkedHashMap<>();
    private final List<String> removeFromRequest = new ArrayList<>();
    private final List<String> removeFromResponse = new ArrayList<>();
    private final Map<String, Origin> given = new LinkedHashMap<>();
    private final Map<String, Origin> removed = new LinkedHashMap<>();

    void set(boolean request, String name, String value, Origin origin) {
        (request ? setInRequest : setInResponse).put(name, value);
        given.put(what(request, name), origin);
    }

    void add(boolean request, String name, String value, Origin origin) {
        (request ? addToRequest : addToResponse).put(name, value);
        given.putIfAbsent(what(request, name), origin);
    }

    void remove(boolean request, String name, Origin origin) {
        (request ? removeFromRequest : removeFromResponse).add(name);
        removed.put(what(request, name), origin);
    }

    private static String what(boolean request, String name) {
        return (request ? "request" : "response") + " header '" + name + "'";
    }

    HeaderChanges changes() {
        return new HeaderChanges(
                setInRequest,
                setInResponse,
                new MoreHeaders(addToRequest, addToResponse, removeFromRequest, removeFromResponse));
    }

    List<Problem> problems(String id) {
        List<Problem> problems = new ArrayList<>();
        removed.forEach((header, origin) -> {
            if (given.containsKey(header)) {
                problems.add(new Problem(
                        "header.contradiction",
                        id,
                        header + " is removed, and given a value"
                                + given.get(header).after(" at "),
                        "set it, which replaces what came, or remove it",
                        origin));
            }
        });
        return problems;
    }
}
