package dev.lintel.auth.opa.rego;

import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a model says, as tables in Rego: the rules stand in the order in which they are asked. */
final class Tables {
    private static final String INDENT = "\t";

    private Tables() {}

    static String of(MeshModel model) {
        StringBuilder out = new StringBuilder();
        out.append("# Which API a path belongs to, by host; the most specific path stands first.\nhosts := ");
        block(hosts(model), out, 2);
        out.append("\n\n# What each API asks for; the most specific path stands first.\napis := ");
        Map<String, Object> apis = new LinkedHashMap<>();
        model.apis().forEach(api -> apis.put(api.id(), api(api)));
        block(apis, out, 3);
        return out.append('\n').toString();
    }

    /** Some levels of maps and lists on lines of their own, what is below on one line. */
    private static void block(Object value, StringBuilder out, int levels) {
        block(value, out, levels, INDENT);
    }

    private static void block(Object value, StringBuilder out, int levels, String indent) {
        if (levels > 0 && value instanceof Map<?, ?> members && !members.isEmpty()) {
            out.append("{\n");
            members.forEach((name, member) -> {
                out.append(indent).append(Literal.of(name)).append(": ");
                block(member, out, levels - 1, indent + INDENT);
                out.append(",\n");
            });
            out.append(indent, 1, indent.length()).append('}');
        } else if (levels > 0 && value instanceof List<?> elements && !elements.isEmpty()) {
            boolean many = elements.get(0) instanceof Map;
            if (!many) {
                out.append(Literal.of(value));
                return;
            }
            out.append("[\n");
            elements.forEach(
                    element -> out.append(indent).append(Literal.of(element)).append(",\n"));
            out.append(indent, 1, indent.length()).append(']');
        } else {
            out.append(Literal.of(value));
        }
    }

    private static Map<String, Object> hosts(MeshModel model) {
        Map<String, List<Part>> parts = new TreeMap<>();
        for (ApiModel api : model.apis()) {
            List<PathPattern> paths = api.entry().paths().isEmpty()
                    ? List.of(PathPattern.ANY)
                    : api.entry().paths();
            for (String host : api.entry().hosts()) {
                List<Part> here = parts.computeIfAbsent(host, h -> new ArrayList<>());
                paths.forEach(path -> here.add(new Part(path, api)));
            }
        }
        Map<String, Object> hosts = new LinkedHashMap<>();
        parts.forEach((host, here) -> {
            here.sort(Comparator.comparing(Part::path, Precedence.ofPaths()));
            hosts.put(
                    host,
                    here.stream()
                            .map(part -> with(
                                    endpoint(new Endpoint(List.of(), part.path())),
                                    "api",
                                    part.api().id()))
                            .toList());
        });
        return hosts;
    }

    private record Part(PathPattern path, ApiModel api) {}

    private static Map<String, Object> api(ApiModel api) {
        Access access = api.entry().access();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("restricted", access.isRestricted());
        out.put("parameters", api.entry().pathParameters());
        out.put(
                "issuers",
                access.issuers().stream()
                        .map(issuer -> members("issuer", issuer.issuer(), "algorithms", issuer.algorithms()))
                        .toList());
        out.put("audiences", access.audiences());
        out.put(
                "rules",
                ordered(access.rules(), AccessRule::endpoint).stream()
                        .map(Tables::rule)
                        .toList());
        out.put(
                "callers",
                ordered(api.service().callers(), CallerRule::endpoint).stream()
                        .map(Tables::caller)
                        .toList());
        return out;
    }

    private static Map<String, Object> rule(AccessRule rule) {
        Map<String, Object> out = endpoint(rule.endpoint());
        if (rule.requirement() instanceof Requirement.Token token) {
            out.put("need", "token");
            out.put("any_of", token.anyOf().stream().map(Tables::grant).toList());
            out.put("challenge", Challenge.insufficient(token.anyOf()));
        } else {
            out.put("need", rule.requirement() instanceof Requirement.Public ? "nothing" : "miracle");
        }
        return out;
    }

    private static Map<String, Object> grant(Grant grant) {
        return members(
                "scopes",
                grant.scopes(),
                "claims",
                grant.claims().stream()
                        .map(claim -> members("name", claim.name(), "any_of", claim.anyOf()))
                        .toList());
    }

    private static Map<String, Object> caller(CallerRule rule) {
        Map<String, Object> out = endpoint(rule.endpoint());
        out.put("any_of", rule.anyOf().stream().map(Tables::peer).toList());
        out.put("entering", rule.entering());
        return out;
    }

    private static Map<String, Object> peer(Peer peer) {
        return peer.name() == null
                ? members("namespace", peer.namespace())
                : members("namespace", peer.namespace(), "name", peer.name());
    }

    /** A segment that stands for any value is null; {@code HEAD} follows {@code GET}. */
    private static Map<String, Object> endpoint(Endpoint endpoint) {
        List<String> methods = new ArrayList<>(endpoint.methods());
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            methods.add("HEAD");
        }
        List<Object> path = new ArrayList<>();
        endpoint.path().segments().forEach(segment -> path.add(PathPattern.isTemplate(segment) ? null : segment));
        return members(
                "at",
                endpoint.toString(),
                "methods",
                methods,
                "path",
                path,
                "below",
                endpoint.path().subtree());
    }

    private static <R> List<R> ordered(List<R> rules, Function<R, Endpoint> endpoint) {
        List<R> ordered = new ArrayList<>(rules);
        ordered.sort(Comparator.comparing(rule -> Match.of(endpoint.apply(rule)), Precedence.ORDER));
        return ordered;
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }
}
