package dev.lintel.mesh.istio;

import dev.lintel.mesh.istio.HttpRule.Action;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code http} list of a VirtualService, as far as this dialect writes it. */
final class HttpRuleReader {
    private final ActionReader actions;

    /**
     * A reader.
     *
     * @param namespace whose services may be destinations
     */
    HttpRuleReader(String namespace) {
        this.actions = new ActionReader(namespace);
    }

    HttpRule read(Fields http) {
        List<Entry> entries = new ArrayList<>();
        for (Fields match : http.maps("match")) {
            entries.add(entry(match));
        }
        if (entries.isEmpty()) {
            entries.add(new Entry(null, null, Map.of(), Map.of(), null));
        }
        Action action = actions.read(http);
        http.end();
        boolean unclear = entries.stream()
                .anyMatch(entry ->
                        action.rewrite().to() != null && action.rewrite().replaced(entry.path()) == null);
        if (unclear) {
            http.problem("rewrites a path that was matched by an expression");
        }
        return new HttpRule(entries, action);
    }

    /** The expressions of a route that answers 400, the only ones that are about characters; takes nothing. */
    static Optional<Hygiene> hygiene(Fields route) {
        Fields http = route.copy();
        Fields response = http.map("directResponse");
        int status = response.number("status", 0);
        List<String> regexes = new ArrayList<>();
        for (Fields match : http.maps("match")) {
            Fields uri = match.map("uri");
            String regex = uri.text("regex");
            regexes.add(regex == null || !uri.isEmpty() || !match.isEmpty() ? "" : regex);
        }
        return status == Hygiene.STATUS && response.isEmpty() && http.isEmpty()
                ? Hygiene.read(regexes)
                : Optional.empty();
    }

    private static Entry entry(Fields match) {
        PathExpression path = match.has("uri") ? path(match.map("uri")) : null;
        Set<String> methods = match.has("method") ? methods(match.map("method")) : null;
        Map<String, String> headers = new LinkedHashMap<>();
        StickyCookie.Cookie cookie = null;
        Fields said = match.map("headers");
        for (String name : said.names()) {
            Fields value = said.map(name);
            if (name.equals("cookie") && value.has("regex")) {
                cookie = StickyCookie.readRegex(String.valueOf(value.text("regex")))
                        .orElse(null);
                if (cookie == null) {
                    value.problem("is no expression for one value of one cookie");
                }
            } else {
                exact(value, name, headers);
            }
            value.end();
        }
        Map<String, String> query = new LinkedHashMap<>();
        Fields parameters = match.map("queryParams");
        for (String name : parameters.names()) {
            Fields value = parameters.map(name);
            exact(value, name, query);
            value.end();
        }
        match.end();
        return new Entry(path, methods, headers, query, cookie);
    }

    private static void exact(Fields value, String name, Map<String, String> into) {
        String exact = value.text("exact");
        if (exact == null) {
            value.problem("asks for something else than one exact value");
        } else {
            into.put(name, exact);
        }
    }

    private static PathExpression path(Fields uri) {
        String exact = uri.text("exact");
        String prefix = uri.text("prefix");
        String regex = uri.text("regex");
        uri.end();
        Optional<PathExpression> found = exact != null
                ? PathExpression.exact(exact)
                : prefix != null
                        ? PathExpression.prefix(prefix)
                        : regex != null ? PathExpression.regex(regex) : Optional.empty();
        if (found.isEmpty()) {
            uri.problem(
                    "does not match by whole segments: " + (exact != null ? exact : prefix != null ? prefix : regex));
        }
        return found.orElse(
                new PathExpression(dev.lintel.core.match.PathPattern.ANY, PathExpression.Tail.NODE_AND_BELOW));
    }

    private static Set<String> methods(Fields method) {
        String exact = method.text("exact");
        String regex = method.text("regex");
        method.end();
        Set<String> names = new TreeSet<>();
        if (exact != null) {
            names.add(exact);
        } else if (regex != null && regex.matches("\\^\\([A-Z|]+\\)\\$")) {
            names.addAll(List.of(regex.substring(2, regex.length() - 2).split("\\|", -1)));
        } else {
            method.problem("is no list of methods: " + regex);
        }
        return names;
    }
}
