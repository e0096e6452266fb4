package dev.lintel.mesh.istio;

import dev.lintel.mesh.istio.HttpRule.Action;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a list of rules does to one method on one path: the rules that may take it, the first that holds wins. */
final class Hits {
    private Hits() {}

    /** A rule that takes the request if its headers, query and cookie are as asked. */
    record Hit(Entry entry, Action action) {
        /** The path as the destination gets it. */
        String forwarded(String path) {
            return action.rewrite().apply(path, entry.path());
        }
    }

    /** The rules in their order up to the first that takes every request; without such a one the rest is answered 404. */
    static List<Hit> of(List<HttpRule> rules, String path, String method) {
        List<Hit> hits = new ArrayList<>();
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                boolean matches = entry.path() == null || entry.path().matches(path);
                if (matches
                        && entry.allows(method)
                        && hits.stream().noneMatch(hit -> hit.entry().takes(entry))) {
                    hits.add(new Hit(entry, rule.action()));
                    if (entry.isPlain()) {
                        return hits;
                    }
                }
            }
        }
        return hits;
    }

    static boolean isComplete(List<Hit> hits) {
        return !hits.isEmpty() && hits.get(hits.size() - 1).entry().isPlain();
    }

    /** The sets of methods that rules name. */
    static List<Set<String>> methods(List<HttpRule> rules) {
        List<Set<String>> methods = new ArrayList<>();
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                if (entry.methods() != null) {
                    methods.add(entry.methods());
                }
            }
        }
        return methods;
    }

    /** The paths that rules name. */
    static Set<PathExpression> paths(List<HttpRule> rules) {
        Set<PathExpression> paths = new LinkedHashSet<>();
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                if (entry.path() != null) {
                    paths.add(entry.path());
                }
            }
        }
        return paths;
    }
}
