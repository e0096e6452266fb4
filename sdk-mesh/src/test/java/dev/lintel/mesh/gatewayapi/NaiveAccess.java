package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may pass, by going through the policies one by one, without any of the readers: those of Envoy Gateway at rules and
 * routes, those of Istio at workloads. A field that is not known here ends the test.
 */
final class NaiveAccess {
    private final Collection<Manifest> objects;
    private final String gateway;
    private final Map<String, Map<String, String>> labels;

    NaiveAccess(Collection<Manifest> objects, GatewayApiDialect dialect, Map<String, Map<String, String>> labels) {
        this.objects = objects;
        this.labels = labels;
        this.gateway = "cluster.local/ns/" + dialect.gateway().namespace() + "/sa/"
                + dialect.gateway().name() + "-" + dialect.gatewayClass();
    }

    /** A policy for the rule takes the place of one for the route, and of two the first. */
    boolean passes(Manifest route, Map<String, Object> rule, RequestValue request) {
        Map<String, Object> whole = null;
        for (Manifest object : objects) {
            if (!object.kind().equals("SecurityPolicy") || !object.namespace().equals(route.namespace())) {
                continue;
            }
            only(object.spec(), "targetRefs", "jwt", "authorization");
            for (Map<String, Object> target : Tree.maps(object.spec(), "targetRefs")) {
                boolean here =
                        route.kind().equals(target.get("kind")) && route.name().equals(target.get("name"));
                if (here && target.containsKey("sectionName")) {
                    if (target.get("sectionName").equals(rule.get("name"))) {
                        return judged(object.spec(), request.token());
                    }
                } else if (here && whole == null) {
                    whole = object.spec();
                }
            }
        }
        return whole == null || judged(whole, request.token());
    }

    private static boolean judged(Map<String, Object> spec, Token token) {
        Map<String, Object> jwt = Tree.map(spec, "jwt");
        List<Map<String, Object>> providers = Tree.maps(jwt, "providers");
        String provider = "";
        if (token instanceof Token.Verified verified) {
            for (Map<String, Object> one : providers) {
                List<String> audiences = Tree.texts(one, "audiences");
                boolean meant =
                        audiences.isEmpty() || verified.audiences().stream().anyMatch(audiences::contains);
                if (verified.issuer().equals(one.get("issuer")) && meant) {
                    provider = Tree.text(one, "name", "");
                }
            }
        }
        boolean missing = token instanceof Token.None;
        if (!providers.isEmpty() && provider.isEmpty() && !(missing && Boolean.TRUE.equals(jwt.get("optional")))) {
            return false;
        }
        if (!spec.containsKey("authorization")) {
            return true;
        }
        Map<String, Object> authorization = Tree.map(spec, "authorization");
        for (Map<String, Object> rule : Tree.maps(authorization, "rules")) {
            Map<String, Object> principal = Tree.map(Tree.map(rule, "principal"), "jwt");
            if (token instanceof Token.Verified verified
                    && provider.equals(principal.get("provider"))
                    && verified.scopes().containsAll(Tree.texts(principal, "scopes"))
                    && Tree.maps(principal, "claims").stream().allMatch(claim -> has(verified, claim))) {
                return "Allow".equals(rule.get("action"));
            }
        }
        return "Allow".equals(authorization.get("defaultAction"));
    }

    private static boolean has(Token.Verified token, Map<String, Object> claim) {
        Object value = token.claims().get(Tree.text(claim, "name", ""));
        List<String> wanted = Tree.texts(claim, "values");
        return "StringArray".equals(claim.get("valueType"))
                ? value instanceof List<?> list && list.stream().anyMatch(wanted::contains)
                : value instanceof String text && wanted.contains(text);
    }

    /** What Istio asks at the workloads of a service; the path is as it comes there. */
    boolean passesWorkload(String namespace, String service, String path, RequestValue request) {
        List<Manifest> here = objects.stream()
                .filter(object -> object.apiVersion().startsWith("security.istio.io/")
                        && object.namespace().equals(namespace)
                        && labels.getOrDefault(namespace + "/" + service, Map.of())
                                .entrySet()
                                .containsAll(Tree.map(Tree.map(object.spec(), "selector"), "matchLabels")
                                        .entrySet()))
                .toList();
        String subject = "";
        for (Manifest one : here) {
            if (one.kind().equals("RequestAuthentication") && !(request.token() instanceof Token.None)) {
                if (!(request.token() instanceof Token.Verified token)
                        || Tree.maps(one.spec(), "jwtRules").stream().noneMatch(rule -> trusts(rule, token))) {
                    return false;
                }
                subject = token.issuer() + "/" + token.subject();
            }
        }
        List<Manifest> allow = new ArrayList<>();
        for (Manifest one : here) {
            if (one.kind().equals("AuthorizationPolicy")) {
                only(one.spec(), "selector", "action", "rules");
                if (!"DENY".equals(one.spec().get("action"))) {
                    allow.add(one);
                } else if (meets(one, path, subject, request)) {
                    return false;
                }
            }
        }
        String who = subject;
        return allow.isEmpty() || allow.stream().anyMatch(one -> meets(one, path, who, request));
    }

    private static boolean trusts(Map<String, Object> rule, Token.Verified token) {
        List<String> audiences = Tree.texts(rule, "audiences");
        return token.issuer().equals(rule.get("issuer"))
                && (audiences.isEmpty() || token.audiences().stream().anyMatch(audiences::contains));
    }

    private boolean meets(Manifest policy, String path, String subject, RequestValue request) {
        return Tree.maps(policy.spec(), "rules").stream().anyMatch(rule -> {
            only(rule, "from", "to", "when");
            List<Map<String, Object>> from = Tree.maps(rule, "from");
            List<Map<String, Object>> to = Tree.maps(rule, "to");
            return (from.isEmpty()
                            || from.stream().map(one -> Tree.map(one, "source")).anyMatch(one -> source(one, subject)))
                    && (to.isEmpty()
                            || to.stream()
                                    .map(one -> Tree.map(one, "operation"))
                                    .anyMatch(one -> operation(one, path, request)))
                    && Tree.maps(rule, "when").stream().allMatch(one -> when(one, request, subject));
        });
    }

    private boolean source(Map<String, Object> source, String subject) {
        only(source, "principals", "notPrincipals", "requestPrincipals", "notRequestPrincipals");
        return either(source, "principals", gateway)
                && !named(source, "notPrincipals", gateway)
                && either(source, "requestPrincipals", subject)
                && !named(source, "notRequestPrincipals", subject);
    }

    private static boolean operation(Map<String, Object> operation, String path, RequestValue request) {
        only(operation, "paths", "notPaths", "methods", "notMethods");
        return either(operation, "paths", path)
                && !named(operation, "notPaths", path)
                && either(operation, "methods", request.method())
                && !named(operation, "notMethods", request.method());
    }

    private static boolean when(Map<String, Object> when, RequestValue request, String subject) {
        String key = Tree.text(when, "key", "");
        List<String> values = new ArrayList<>();
        if (key.equals("request.auth.claims[scope]")) {
            values.addAll(request.token() instanceof Token.Verified token ? token.scopes() : List.of());
        } else if (key.startsWith("request.auth.claims[")) {
            Object said = request.token() instanceof Token.Verified token
                    ? token.claims().get(key.substring(key.indexOf('[') + 1, key.length() - 1))
                    : null;
            (said instanceof List<?> list ? list : said == null ? List.of() : List.of(said))
                    .forEach(one -> values.add(String.valueOf(one)));
        } else {
            throw new AssertionError("a condition that is not known: " + key);
        }
        if (subject.isEmpty()) {
            values.clear();
        }
        return when.containsKey("values")
                ? values.stream().anyMatch(Tree.texts(when, "values")::contains)
                : values.stream().noneMatch(Tree.texts(when, "notValues")::contains);
    }

    private static boolean either(Map<String, Object> part, String name, String value) {
        return !part.containsKey(name) || named(part, name, value);
    }

    private static boolean named(Map<String, Object> part, String name, String value) {
        return Tree.texts(part, name).stream()
                .anyMatch(pattern -> pattern.equals("*")
                        ? !value.isEmpty()
                        : pattern.endsWith("*")
                                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                                : pattern.equals(value));
    }

    private static void only(Map<String, Object> tree, String... known) {
        if (!Set.of(known).containsAll(tree.keySet())) {
            throw new AssertionError("a field that is not known: " + tree.keySet());
        }
    }
}
