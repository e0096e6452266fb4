package dev.lintel.mesh.istio;

import dev.lintel.mesh.istio.HttpRule.Action;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    /** The methods that rules name. */
    static Set<String> methods(List<HttpRule> rules) {
        Set<String> methods = new TreeSet<>();
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                if (entry.methods() != null) {
                    methods.addAll(entry.methods());
                }
            }
        }
        return methods;
    }
}
