package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says matches in the words of a VirtualService: one list of which the first that matches wins, prefixes by characters. */
final class Lowering {
    private Lowering() {}

    /** The entries of {@code http} for one match. */
    static List<Map<String, Object>> entries(SeenMatch match, Part place) {
        SeenRule rule = match.rule();
        String path = match.path();
        String replaced = rule.replaced();
        List<Map<String, Object>> entries = new ArrayList<>();
        switch (match.type()) {
            case "Exact" -> {
                if (rule.prefix()) {
                    place.problem("replaces the prefix of an exact path");
                }
                entries.add(entry(match, List.of(map("exact", path)), replaced));
            }
            case "PathPrefix" -> {
                if (replaced != null && !rule.prefix()) {
                    place.problem("replaces the whole path below '" + path + "'");
                }
                String below = replaced == null || replaced.endsWith("/") ? replaced : replaced + "/";
                if (path.equals("/")) {
                    List<Map<String, Object>> uris = replaced == null ? List.of() : List.of(map("prefix", "/"));
                    entries.add(entry(match, uris, below));
                } else if (replaced == null) {
                    entries.add(entry(match, List.of(map("exact", path), map("prefix", path + "/")), null));
                } else {
                    entries.add(entry(match, List.of(map("exact", path)), replaced));
                    entries.add(entry(match, List.of(map("prefix", path + "/")), below));
                }
            }
            case "RegularExpression" -> {
                if (replaced != null) {
                    place.problem("rewrites a path that was matched by an expression");
                }
                entries.add(entry(match, List.of(map("regex", path)), null));
            }
            default -> place.problem("matches paths by '" + match.type() + "'");
        }
        return entries;
    }

    /** The same without what is about the way in: the path, its rewriting, changed headers. */
    static Map<String, Object> inside(SeenMatch match, Asked known) {
        SeenMatch plain = new SeenMatch("PathPrefix", "/", match.asked().without(known), match.rule());
        Map<String, Object> entry = entry(plain, List.of(), null);
        entry.remove("headers");
        return entry;
    }

    private static Map<String, Object> entry(
            SeenMatch match, List<Map<String, Object>> uris, @org.jspecify.annotations.Nullable String rewritten) {
        Asked asked = match.asked();
        Map<String, Object> headers = new LinkedHashMap<>();
        asked.headers().forEach((name, value) -> headers.put(name, map("exact", value)));
        if (asked.cookie() != null) {
            headers.put("cookie", map("regex", asked.cookie()));
        }
        Map<String, Object> query = new LinkedHashMap<>();
        asked.query().forEach((name, value) -> query.put(name, map("exact", value)));
        List<Object> matches = new ArrayList<>();
        for (Map<String, Object> uri : uris.isEmpty() ? List.of(Map.<String, Object>of()) : uris) {
            Map<String, Object> one = map(
                    "uri",
                    uri,
                    "method",
                    asked.method() == null ? null : map("exact", asked.method()),
                    "headers",
                    headers,
                    "queryParams",
                    query);
            if (!one.isEmpty()) {
                matches.add(one);
            }
        }
        Map<String, Object> entry = map("match", matches);
        entry.putAll(match.rule().action());
        if (rewritten != null) {
            Map<String, Object> rewrite = map("uri", rewritten);
            rewrite.putAll(Trees.copy(entry.get("rewrite") instanceof Map<?, ?> said ? said : Map.of()));
            entry.put("rewrite", rewrite);
        }
        return entry;
    }
}
