package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@code http} list of a VirtualService of anybody.
 *
 * @param matches any of which must hold; null where every request is meant
 * @param action what happens, without {@code rewrite}
 * @param to the text that takes the place of what was matched; null for none
 * @param regex what becomes of the path by an expression; null for nothing
 * @param targets the services to which it goes, or which get copies
 * @param place for problems
 */
record ForeignRoute(
        @Nullable List<ForeignMatch> matches,
        Map<String, Object> action,
        @Nullable String to,
        @Nullable Map<String, Object> regex,
        List<Target> targets,
        Fields place) {

    static ForeignRoute read(
            Fields http, String namespace, List<String> hosts, ForeignServices services, IngressGateway ingress) {
        Fields whole = http.copy();
        if (HttpRuleReader.hygiene(http.copy()).isPresent()) {
            return new ForeignRoute(null, whole.rest(), null, null, List.of(), http);
        }
        http.text("name");
        boolean answers = http.has("directResponse") || http.has("redirect");
        boolean always = !http.has("match");
        List<ForeignMatch> read = new ArrayList<>();
        for (Fields match : http.maps("match")) {
            read.add(ForeignMatch.read(match, hosts, namespace, ingress, answers));
        }
        List<ForeignMatch> matches = always ? null : read;
        String to = null;
        Map<String, Object> regex = null;
        if (http.has("rewrite")) {
            Fields rewrite = http.map("rewrite");
            to = rewrite.text("uri");
            regex = rewrite.has("uriRegexRewrite") ? beginning(rewrite.map("uriRegexRewrite")) : null;
            rewrite.end();
        }
        ForeignActions actions = new ForeignActions(namespace, services);
        Map<String, Object> action = actions.read(http);
        http.end();
        return new ForeignRoute(matches, action, to, regex, List.copyOf(actions.targets()), http);
    }

    /** An expression for the beginning of a path and the rest of it, as the beginning alone. */
    private static Map<String, Object> beginning(Fields said) {
        Map<String, Object> regex = said.rest();
        String match = String.valueOf(regex.get("match"));
        String to = String.valueOf(regex.get("rewrite"));
        String bare = match.endsWith("$") ? match.substring(0, match.length() - 1) : match;
        boolean rest = bare.endsWith("/(.*)") && to.endsWith("/\\1");
        return rest
                ? map("match", bare.substring(0, bare.length() - 4), "rewrite", to.substring(0, to.length() - 2))
                : regex;
    }

    /** Whether it answers 400 to the odd paths that this dialect refuses; it means so at the beginning of a host alone. */
    boolean refusesOddPaths() {
        return matches == null && action.containsKey("match");
    }

    /** The entries that this dialect would write for requests through a gateway. */
    List<Map<String, Object>> canonical(String gateway) {
        if (refusesOddPaths()) {
            return List.of(action);
        }
        List<Map<String, Object>> conditions = new ArrayList<>();
        if (matches == null) {
            conditions.add(map());
        } else {
            matches.stream().filter(match -> match.isFor(gateway)).forEach(match -> conditions.addAll(match.matches()));
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> condition : conditions) {
            rules.add(rule(condition));
        }
        return rules;
    }

    private Map<String, Object> rule(Map<String, Object> condition) {
        Map<String, Object> match = new LinkedHashMap<>(condition);
        Map<String, Object> uri = new LinkedHashMap<>();
        if (match.remove("uri") instanceof Map<?, ?> said) {
            said.forEach((key, value) -> uri.put(String.valueOf(key), value));
        }
        boolean node = uri.remove(ForeignMatch.NODE) != null;
        Map<String, Object> conditions = map("uri", uri);
        conditions.putAll(match);
        Map<String, Object> rule = map("match", conditions.isEmpty() ? List.of() : List.of(conditions));
        rule.putAll(action);
        rule.putAll(map("rewrite", map("uri", rewrite(uri, node), "uriRegexRewrite", regex)));
        return rule;
    }

    /** What takes the place of the matched part, so that whole segments are replaced. */
    private @Nullable String rewrite(Map<String, Object> uri, boolean node) {
        if (to == null || uri.containsKey("exact")) {
            return to;
        }
        if (uri.containsKey("regex")) {
            place.problem("rewrites a path that was matched by an expression; it is read as it came");
            return null;
        }
        if (node) {
            if (to.endsWith("/")) {
                place.problem("forwards '" + to + "/x' with two slashes; it is read with one");
            }
            return to.endsWith("/") ? to : to + "/";
        }
        if (!to.endsWith("/")) {
            place.problem("forwards '" + to + "x' without a slash between; it is read with one");
            return to + "/";
        }
        return to;
    }

    /** Whether requests go on to a service. */
    boolean goesOn() {
        return action.containsKey("route");
    }

    /** The same conditions, at which there is another API. */
    static Map<String, Object> nothing(Map<String, Object> rule) {
        Map<String, Object> nothing = map("match", rule.get("match"));
        nothing.putAll(map("directResponse", map("status", 404, "body", map("string", ELSEWHERE))));
        return nothing;
    }

    /** Whether an entry stands for what another API has, or nobody. */
    static boolean isNothing(Map<String, Object> rule) {
        return rule.get("directResponse") instanceof Map<?, ?> said
                && Integer.valueOf(404).equals(said.get("status"))
                && (Map.of("string", "").equals(said.get("body"))
                        || Map.of("string", ELSEWHERE).equals(said.get("body")));
    }

    /** Stands for what goes to another service at the same host, while one API is read. */
    static final String ELSEWHERE = "\u0000";

    /** What a gateway answers where no route takes a request. */
    static final Map<String, Object> NOT_FOUND = map("directResponse", map("status", 404, "body", map("string", "")));
}
