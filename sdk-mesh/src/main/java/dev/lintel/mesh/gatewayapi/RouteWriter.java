package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a table of routes as HTTPRoutes or GRPCRoutes, each within the limits of its definition. */
final class RouteWriter {
    /** The most rules in one HTTPRoute. */
    static final int MOST_RULES = 16;
    /** The most matches in one HTTPRoute. */
    static final int MOST_MATCHES = 128;
    /** The most matches in one rule. */
    static final int MOST_IN_RULE = 64;

    private final ApiModel api;
    private final Answers answers;
    private final FarBackends far;
    private final boolean standardRetries;
    private final boolean grpc;

    /**
     * A writer.
     *
     * @param far what rules name as their backend
     * @param standardRetries whether retries are said in the words of the standard
     */
    RouteWriter(ApiModel api, FarBackends far, boolean standardRetries) {
        this.standardRetries = standardRetries;
        this.api = api;
        this.far = far;
        this.answers = new Answers(api);
        this.grpc = Grpc.speaks(api);
    }

    /**
     * A rule as it will be written.
     *
     * @param matches any of which must hold
     * @param tree everything else
     * @param asked what is asked of its requests at the gateway; null for nothing
     */
    record Rule(
            List<Map<String, Object>> matches,
            Map<String, Object> tree,
            @Nullable Requirement asked) {}

    /**
     * An HTTPRoute and what is asked at its rules.
     *
     * @param manifest the object
     * @param rules in its order
     */
    record Written(Manifest manifest, List<Rule> rules) {}

    /** The rules of each path, the most specific first. */
    List<List<Rule>> rules(Map<PathPattern, List<Line>> table) {
        List<List<Rule>> groups = new ArrayList<>();
        table.forEach((path, lines) -> groups.add(rules(path, lines)));
        return groups;
    }

    /** The rules that refuse what the gateway must not pass on; none are needed where the list is empty. */
    List<Rule> hygiene(List<String> regexes) {
        List<Map<String, Object>> matches = regexes.stream()
                .map(regex -> map("path", map("type", "RegularExpression", "value", regex)))
                .toList();
        return List.of(new Rule(matches, map("filters", List.of(answers.status(400))), null));
    }

    /** The rules for calls from inside. */
    List<Rule> inside(List<Line> lines) {
        return rules(PathPattern.ANY, lines);
    }

    /** The objects that answers need. */
    List<Manifest> filters() {
        return answers.manifests();
    }

    private List<Rule> rules(PathPattern path, List<Line> lines) {
        List<Rule> rules = new ArrayList<>();
        List<Map<String, Object>> forms = grpc ? List.of(Grpc.form(path)) : Paths.forms(path);
        for (int i = 0; i < lines.size(); ) {
            Deed deed = lines.get(i).deed();
            int end = i;
            while (end < lines.size() && lines.get(end).deed().equals(deed)) {
                end++;
            }
            List<Line> alike = lines.subList(i, end);
            if (deed.rewrite() == null) {
                alike.forEach(line -> forms.forEach(form -> add(rules, tree(line.asked(), form), deed, null)));
            } else {
                for (Map<String, Object> form : forms) {
                    Map<String, Object> rewritten = rewritten(path, form, deed.rewrite());
                    alike.forEach(line -> add(rules, line.asked().tree(form), deed, rewritten));
                }
            }
            i = end;
        }
        return rules;
    }

    /** Adds a match to the rule before, if that says the same; a rule that replaces a prefix has one match. */
    private void add(List<Rule> rules, Map<String, Object> match, Deed deed, @Nullable Map<String, Object> rewritten) {
        Map<String, Object> tree = tree(deed, rewritten);
        Rule last = rules.isEmpty() ? null : rules.get(rules.size() - 1);
        boolean single = rewritten != null && "ReplacePrefixMatch".equals(rewritten.get("type"));
        if (match.isEmpty()) {
            // A rule of a GRPCRoute without matches is for everything, and is asked last.
            rules.add(new Rule(List.of(), tree, deed.asked()));
        } else if (last != null
                && !single
                && !last.matches().isEmpty()
                && last.matches().size() < MOST_IN_RULE
                && last.tree().equals(tree)
                && java.util.Objects.equals(last.asked(), deed.asked())) {
            last.matches().add(match);
        } else {
            rules.add(new Rule(new ArrayList<>(List.of(match)), tree, deed.asked()));
        }
    }

    private Map<String, Object> tree(Asked asked, Map<String, Object> form) {
        return grpc ? asked.grpcTree(form) : asked.tree(form);
    }

    private static Map<String, Object> rewritten(PathPattern path, Map<String, Object> form, Rewrite rewrite) {
        if ("PathPrefix".equals(form.get("type"))) {
            String to = rewrite.apply(RouteTable.node(path));
            return map("type", "ReplacePrefixMatch", "replacePrefixMatch", to);
        }
        return map("type", "ReplaceFullPath", "replaceFullPath", rewrite.apply(String.valueOf(form.get("value"))));
    }

    private Map<String, Object> tree(Deed deed, @Nullable Map<String, Object> rewritten) {
        if (deed.answer() != null) {
            return map("filters", List.of(answers.filter(deed.answer())));
        }
        List<Object> filters = new ArrayList<>(headers(far.headers()));
        Map<String, Object> rewrite = far.rewrite(rewritten);
        if (rewrite != null) {
            filters.add(rewrite);
        }
        for (MirrorRule mirror : api.service().traffic().mirrors()) {
            filters.add(map(
                    "type",
                    "RequestMirror",
                    "requestMirror",
                    map(
                            "backendRef",
                            reference(service(mirror.version()), null),
                            "percent",
                            mirror.percent() == 100 ? null : mirror.percent())));
        }
        TimeoutRule timeout = api.service().timeout();
        RetryRule retry = standardRetries ? api.service().retry() : null;
        return map(
                "filters",
                filters,
                "backendRefs",
                deed.backends().stream()
                        .map(backend -> backend(backend, deed.backends().size() > 1))
                        .toList(),
                "timeouts",
                map(
                        "request",
                        timeout == null ? null : Durations.write(timeout.total()),
                        "backendRequest",
                        retry == null || retry.perTry() == null ? null : Durations.write(retry.perTry())),
                "retry",
                retry == null || retry.attempts() == 0 ? null : StandardRetries.write(retry));
    }

    private String service(String version) {
        for (Version one : api.service().versions()) {
            if (one.name().equals(version) && one.service() != null) {
                return one.service();
            }
        }
        return api.service().name();
    }

    private Map<String, Object> reference(String service, @Nullable Integer weight) {
        return far.reference(service, weight);
    }

    private Map<String, Object> backend(Deed.Backend backend, boolean several) {
        Map<String, Object> tree = reference(backend.service(), several ? backend.weight() : null);
        if (backend.cookie() != null) {
            tree.put(
                    "filters",
                    List.of(map(
                            "type",
                            "ResponseHeaderModifier",
                            "responseHeaderModifier",
                            map("add", List.of(map("name", "Set-Cookie", "value", backend.cookie()))))));
        }
        return tree;
    }

    /** What is changed in headers; Envoy takes a percent sign in a value for the beginning of a command. */
    private static List<Map<String, Object>> headers(HeaderChanges changes) {
        MoreHeaders more = changes.more();
        List<Map<String, Object>> filters = new ArrayList<>();
        filters.add(filter("Request", changes.request(), more.addToRequest(), more.removeFromRequest()));
        filters.add(filter("Response", changes.response(), more.addToResponse(), more.removeFromResponse()));
        filters.removeIf(filter -> filter.size() < 2);
        return filters;
    }

    private static Map<String, Object> filter(
            String side, Map<String, String> set, Map<String, String> add, List<String> remove) {
        return map(
                "type",
                side + "HeaderModifier",
                side.toLowerCase(java.util.Locale.ROOT) + "HeaderModifier",
                map("set", named(set), "add", named(add), "remove", remove));
    }

    private static List<Map<String, Object>> named(Map<String, String> headers) {
        List<Map<String, Object>> named = new ArrayList<>();
        headers.forEach((name, value) -> named.add(map("name", name, "value", value.replace("%", "%%"))));
        return named;
    }

    /**
     * Shares rules among HTTPRoutes. All rules of one path stay together, because among routes the oldest wins; where
     * paths differ, the more specific one does, whatever the route.
     *
     * @param groups the rules of each path
     * @param parents the {@code parentRefs}
     * @param hosts the {@code hostnames}; empty for those of the parent
     * @param what part of the name
     * @param named whether rules have names, so that policies can speak about them
     * @throws IllegalArgumentException if the rules of one path are too many for a route
     */
    List<Written> routes(
            List<List<Rule>> groups, List<Object> parents, List<String> hosts, String what, boolean named) {
        List<List<Rule>> packed = new ArrayList<>();
        for (List<Rule> group : groups) {
            if (!fits(group)) {
                throw new IllegalArgumentException("the routes of one path become " + group.size() + " rules with "
                        + matches(group) + " matches, but an HTTPRoute has at most " + MOST_RULES + " and "
                        + MOST_MATCHES);
            }
            List<Rule> last = packed.isEmpty() ? null : packed.get(packed.size() - 1);
            List<Rule> together = new ArrayList<>(last == null ? List.of() : last);
            together.addAll(group);
            if (last != null && fits(together)) {
                packed.set(packed.size() - 1, together);
            } else {
                packed.add(new ArrayList<>(group));
            }
        }
        List<Written> routes = new ArrayList<>();
        for (List<Rule> rules : packed) {
            List<Object> trees = new ArrayList<>();
            for (Rule rule : rules) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.putAll(map("name", named ? "rule-" + (trees.size() + 1) : null, "matches", rule.matches()));
                tree.putAll(rule.tree());
                trees.add(tree);
            }
            Manifest route = Meta.object(
                    Meta.V1,
                    Grpc.kind(api),
                    api,
                    Meta.name(api, what, routes.size() + 1),
                    Meta.versions(api),
                    map("parentRefs", parents, "hostnames", hosts, "rules", trees));
            routes.add(new Written(route, rules));
        }
        return routes;
    }

    private static boolean fits(List<Rule> rules) {
        return rules.size() <= MOST_RULES && matches(rules) <= MOST_MATCHES;
    }

    private static int matches(List<Rule> rules) {
        return rules.stream().mapToInt(rule -> rule.matches().size()).sum();
    }
}
