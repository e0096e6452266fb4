package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a route of anybody, as the conditions that this dialect writes: a prefix of characters becomes the
 * node and what is below. What is more or less than that is a problem.
 *
 * @param gateways the gateways that it is for; empty for all
 * @param matches any of which must hold; an empty one always does; no match at all if the condition is not understood
 */
record ForeignMatch(List<String> gateways, List<Map<String, Object>> matches) {
    /** Marks a prefix that was said without the slash at its end. */
    static final String NODE = "node";

    private static final String MESH = "mesh";
    /** Conditions that ask nothing if they name nothing. */
    private static final List<String> NOTHING = List.of("headers", "withoutHeaders", "queryParams", "sourceLabels");

    ForeignMatch {
        gateways = List.copyOf(gateways);
        matches = List.copyOf(matches);
    }

    /**
     * Reads one entry of {@code match}.
     *
     * @param hosts of the VirtualService
     * @param answers whether the gateway answers what it takes: then it takes too much rather than too little
     */
    static ForeignMatch read(
            Fields match, List<String> hosts, String namespace, IngressGateway ingress, boolean answers) {
        match.skipBare();
        NOTHING.stream().filter(name -> match.copy().map(name).isEmpty()).forEach(match::skip);
        match.text("name");
        match.text("statPrefix");
        List<String> gateways = new ArrayList<>();
        match.texts("gateways").forEach(name -> gateways.add(ForeignGateways.name(name, namespace)));
        if (!gateways.isEmpty()) {
            // Who calls is not looked at where gateways are named.
            List.of("sourceLabels", "sourceNamespace").forEach(match::skip);
        } else if (isFromInside(match, ingress)) {
            gateways.add(MESH);
            match.inside("asks who calls from inside, of which the model says nothing");
        }
        List<Map<String, Object>> uris = match.has("uri") ? uris(match.map("uri")) : List.of(map());
        if (match.flag("ignoreUriCase")) {
            uris = uris.stream().map(uri -> anyCase(uri, match, answers)).toList();
        }
        boolean understood = true;
        Map<String, Object> rest = new LinkedHashMap<>();
        if (match.has("method")) {
            Set<String> methods = methods(match.map("method"));
            understood = !methods.isEmpty();
            rest.putAll(map("method", method(methods)));
        }
        understood &= exact(match, "headers", rest) && exact(match, "queryParams", rest);
        if (match.has("authority")) {
            understood &= authority(match.map("authority"), hosts);
        }
        for (String name : match.names()) {
            match.problem(name + " is no condition that can be said here; the route is left out");
            understood = false;
        }
        List<Map<String, Object>> matches = new ArrayList<>();
        for (Map<String, Object> uri : understood ? uris : List.<Map<String, Object>>of()) {
            Map<String, Object> one = map("uri", uri);
            one.putAll(rest);
            matches.add(one);
        }
        return new ForeignMatch(gateways, matches);
    }

    /** Whether only others than the ingress gateway are meant: its pods carry another label, or live elsewhere. */
    private static boolean isFromInside(Fields match, IngressGateway ingress) {
        Fields look = match.copy();
        String namespace = look.text("sourceNamespace");
        Map<String, String> own = ForeignScope.labels(ingress);
        boolean other = look.pairs("sourceLabels").entrySet().stream()
                .anyMatch(one -> !one.getValue().equals(own.getOrDefault(one.getKey(), one.getValue())));
        if (other || namespace != null && !namespace.equals(ingress.namespace())) {
            match.skip("sourceLabels");
            match.skip("sourceNamespace");
            return true;
        }
        if (namespace != null) {
            match.skip("sourceNamespace");
            match.inside("asks who calls from inside, of which the model says nothing");
        }
        return false;
    }

    boolean isFor(String gateway) {
        return gateways.isEmpty() || gateways.contains(gateway);
    }

    private static List<Map<String, Object>> uris(Fields uri) {
        String exact = uri.text("exact");
        String prefix = uri.text("prefix");
        String regex = uri.text("regex");
        uri.end();
        Optional<List<Map<String, Object>>> found = exact != null
                ? PathExpression.exact(exact).map(path -> List.of(map("exact", exact)))
                : prefix != null ? prefix(uri, prefix) : regex != null ? regex(uri, regex) : Optional.empty();
        if (found.isEmpty()) {
            String said = exact != null ? "exact " + exact : prefix != null ? "prefix " + prefix : "regex " + regex;
            uri.problem("paths by '" + said + "' cannot be said by whole segments; the route is left out");
        }
        return found.orElse(List.of());
    }

    /** What is compared without its case, which an expression never is: with it, or any segments in its place. */
    private static Map<String, Object> anyCase(Map<String, Object> uri, Fields match, boolean answers) {
        Object exact = uri.get("exact");
        Object said = exact == null ? uri.get("prefix") : exact;
        if (said == null || said.toString().chars().noneMatch(Character::isLetter)) {
            return uri;
        }
        match.problem("ignoreUriCase: '" + said + "' is compared without its case, here "
                + (answers ? "every path of as many segments is taken" : "with it"));
        List<String> segments = new ArrayList<>();
        for (String segment : said.toString().substring(1).split("/")) {
            segments.add(segment.chars().anyMatch(Character::isLetter) ? "{any}" : segment);
        }
        return answers ? map("regex", Forms.regex(new PathPattern(segments, exact == null))) : uri;
    }

    private static Optional<List<Map<String, Object>>> prefix(Fields uri, String prefix) {
        if (prefix.equals("/") || prefix.isEmpty()) {
            return Optional.of(List.of(map()));
        }
        if (PathExpression.exact(prefix).isEmpty()) {
            return Optional.empty();
        }
        if (prefix.endsWith("/")) {
            return Optional.of(List.of(map("prefix", prefix)));
        }
        uri.problem("prefix '" + prefix + "' also takes paths like '" + prefix
                + "x', of which the model says nothing: it is read as the node and what is below");
        return Optional.of(List.of(map("exact", prefix), map("prefix", prefix + "/", NODE, true)));
    }

    private static Optional<List<Map<String, Object>>> regex(Fields uri, String regex) {
        Optional<List<Map<String, Object>>> found = ForeignRegex.uris(regex);
        List<Map<String, Object>> uris = new ArrayList<>();
        for (Map<String, Object> one : found.orElse(List.of())) {
            Map<String, Object> kept = new LinkedHashMap<>(one);
            if (Boolean.TRUE.equals(kept.remove("wide"))) {
                uri.problem("regex '" + regex + "' is read as '" + kept.get("regex") + "', which takes more");
            }
            uris.add(kept);
        }
        return found.map(some -> uris);
    }

    private static Set<String> methods(Fields method) {
        String exact = method.text("exact");
        String regex = method.text("regex");
        method.end();
        List<String> listed = exact != null ? List.of(exact) : regex == null ? null : ForeignRegex.list(regex);
        Set<String> methods = new LinkedHashSet<>();
        for (String one : listed == null ? List.<String>of() : listed) {
            if (one.matches("[A-Z]{1,20}")) {
                methods.add(one);
            }
        }
        if (listed == null || methods.size() != listed.size()) {
            method.problem("is no list of methods; the route is left out");
            return Set.of();
        }
        return methods;
    }

    private static Map<String, Object> method(Set<String> methods) {
        return methods.size() == 1
                ? map("exact", methods.iterator().next())
                : map("regex", "^(" + String.join("|", methods) + ")$");
    }

    private static boolean exact(Fields match, String name, Map<String, Object> into) {
        Fields conditions = match.map(name);
        Map<String, Object> all = new LinkedHashMap<>();
        boolean understood = true;
        for (String each : conditions.names()) {
            Fields condition = conditions.map(each);
            String exact = value(condition, each);
            if (exact == null || !condition.isEmpty()) {
                condition.problem("asks for something else than one exact value; the route is left out");
                understood = false;
            } else {
                all.put(each, map(each.equals("cookie") ? "regex" : "exact", exact));
            }
        }
        into.putAll(map(name, all));
        return understood;
    }

    private static @Nullable String value(Fields condition, String name) {
        if (!name.equals("cookie")) {
            return condition.text("exact");
        }
        // One value of one cookie can only be asked for by an expression; the one that this dialect writes is known.
        String regex = condition.text("regex");
        return regex != null && StickyCookie.readRegex(regex).isPresent() ? regex : null;
    }

    private static boolean authority(Fields authority, List<String> hosts) {
        String exact = authority.text("exact");
        authority.end();
        if (exact == null || !hosts.equals(List.of(exact))) {
            authority.problem("tells hosts apart within one VirtualService; the route is left out");
            return false;
        }
        return true;
    }
}
