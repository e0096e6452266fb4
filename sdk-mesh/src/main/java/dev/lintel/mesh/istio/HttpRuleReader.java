package dev.lintel.mesh.istio;

import dev.lintel.core.model.HeaderChanges;
import dev.lintel.mesh.istio.HttpRule.Action;
import dev.lintel.mesh.istio.HttpRule.Entry;
import dev.lintel.mesh.istio.HttpRule.Retry;
import dev.lintel.mesh.istio.HttpRule.Share;
import dev.lintel.mesh.istio.HttpRule.Substitution;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the {@code http} list of a VirtualService, as far as this dialect writes it. */
final class HttpRuleReader {
    private final String suffix;

    /**
     * A reader.
     *
     * @param namespace whose services may be destinations
     */
    HttpRuleReader(String namespace) {
        this.suffix = Meta.host("", namespace);
    }

    HttpRule read(Fields http) {
        List<Entry> entries = new ArrayList<>();
        for (Fields match : http.maps("match")) {
            entries.add(entry(match));
        }
        if (entries.isEmpty()) {
            entries.add(new Entry(null, null, Map.of(), Map.of(), null));
        }
        Action action = action(http);
        http.end();
        boolean unclear = entries.stream()
                .anyMatch(entry ->
                        action.rewrite().to() != null && action.rewrite().replaced(entry.path()) == null);
        if (unclear) {
            http.problem("rewrites a path that was matched by an expression");
        }
        return new HttpRule(entries, action);
    }

    /** The expressions of a route that answers 400, the only ones that are about characters. */
    static Optional<Hygiene> hygiene(Fields http) {
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

    private Action action(Fields http) {
        Fields response = http.map("directResponse");
        int status = response.number("status", 0);
        response.end();
        List<Share> shares = new ArrayList<>();
        for (Fields route : http.maps("route")) {
            shares.add(share(route));
        }
        if (status == 0 == shares.isEmpty() || status != 0 && status != 403) {
            http.problem("neither goes somewhere nor is refused with 403");
        }
        Retry retries = http.has("retries") ? retry(http.map("retries")) : null;
        return new Action(
                status, shares, substitution(http.map("rewrite")), retries, duration(http, "timeout"), headers(http));
    }

    private Share share(Fields route) {
        Fields destination = route.map("destination");
        String host = String.valueOf(destination.text("host"));
        if (!host.endsWith(suffix)) {
            destination.problem("goes to '" + host + "', which is not in this namespace");
        }
        String service = host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : host;
        String subset = destination.text("subset");
        Fields port = destination.map("port");
        int number = port.number("number", 0);
        port.end();
        destination.end();
        int weight = route.number("weight", -1);
        StickyCookie.Cookie cookie = cookie(route);
        route.end();
        return new Share(service, subset, number, weight, cookie);
    }

    private static StickyCookie.@Nullable Cookie cookie(Fields route) {
        Fields headers = route.map("headers");
        Fields response = headers.map("response");
        Fields add = response.map("add");
        String set = add.text("Set-Cookie");
        StickyCookie.Cookie cookie =
                set == null ? null : StickyCookie.readSet(set).orElse(null);
        if (set != null && cookie == null) {
            add.problem("sets another cookie than one that keeps callers on their version");
        }
        add.end();
        response.end();
        headers.end();
        return cookie;
    }

    private static Substitution substitution(Fields rewrite) {
        String uri = rewrite.text("uri");
        Fields regex = rewrite.map("uriRegexRewrite");
        String match = regex.text("match");
        String to = regex.text("rewrite");
        regex.end();
        rewrite.end();
        if (match != null && to != null) {
            String from = match.startsWith("^") ? match.substring(1).replaceAll("\\\\(.)", "$1") : "";
            if (!match.equals("^" + Forms.quote(from)) || !from.endsWith("/") || !to.endsWith("/") || uri != null) {
                rewrite.problem("rewrites something else than the beginning of a path: " + match);
            }
            return new Substitution(from, to);
        }
        return uri == null ? Substitution.NONE : new Substitution(null, uri);
    }

    private static Retry retry(Fields retries) {
        int attempts = retries.number("attempts", -1);
        Duration perTry = duration(retries, "perTryTimeout");
        String on = retries.text("retryOn");
        retries.end();
        return new Retry(attempts, perTry, on == null ? "" : on);
    }

    private static @Nullable Duration duration(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,3})?s")) {
            fields.problem(name + " is no number of seconds: " + text);
            return null;
        }
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }

    private static HeaderChanges headers(Fields http) {
        Fields headers = http.map("headers");
        Map<String, String> request = set(headers.map("request"));
        Map<String, String> response = set(headers.map("response"));
        headers.end();
        return new HeaderChanges(request, response);
    }

    private static Map<String, String> set(Fields changes) {
        Map<String, String> set = new LinkedHashMap<>();
        changes.pairs("set").forEach((name, value) -> {
            if (value.replace("%%", "").indexOf('%') >= 0) {
                changes.problem("sets " + name + " to what Envoy computes: " + value);
            }
            set.put(name, value.replace("%%", "%"));
        });
        changes.end();
        return set;
    }
}
