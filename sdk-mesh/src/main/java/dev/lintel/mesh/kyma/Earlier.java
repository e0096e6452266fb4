package dev.lintel.mesh.kyma;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns an APIRule of v1beta1 into one of v2, as far as Kyma's own conversion does: every rule must have a path of v2 and
 * {@code no_auth} or {@code jwt}.
 *
 * @see <a href="https://github.com/kyma-project/api-gateway/blob/main/apis/gateway/v1beta1/apirule_conversion.go">Kyma,
 *     conversion of APIRule</a>
 */
final class Earlier {
    static final String VERSION = ApiRule.GROUP + "v1beta1";

    private static final String CLUSTER = ".svc.cluster.local";

    private final Manifest manifest;
    private final Part spec;
    private boolean convertible = true;

    Earlier(Manifest manifest, List<Problem> problems) {
        this.manifest = manifest;
        this.spec = new Part(manifest.id(), "spec", manifest.spec(), problems);
    }

    /** Empty if a rule cannot be converted; then Kyma shows no rules at all. */
    Optional<Manifest> convert() {
        spec.problem(
                "v1beta1",
                "APIRules of v1beta1 are not looked at by Kyma any more since release 3.10",
                "write it as v2, as it is read here");
        String host = spec.text("host");
        List<Object> rules = new ArrayList<>();
        spec.parts("rules").forEach(rule -> rules.add(rule(rule)));
        Map<String, Object> converted =
                map("hosts", host == null ? List.of() : List.of(host), "gateway", gateway(spec.text("gateway")));
        for (String same : List.of("service", "corsPolicy", "timeout")) {
            Object value = manifest.spec().get(same);
            spec.ignore(same);
            if (value != null) {
                converted.put(same, value);
            }
        }
        converted.put("rules", rules);
        spec.end();
        if (!convertible) {
            return Optional.empty();
        }
        return Optional.of(new Manifest(
                ApiRule.VERSION,
                ApiRule.KIND,
                manifest.namespace(),
                manifest.name(),
                manifest.labels(),
                manifest.annotations(),
                converted));
    }

    /** {@code name.namespace.svc.cluster.local} is {@code namespace/name}. */
    private static @Nullable String gateway(@Nullable String gateway) {
        if (gateway == null || !gateway.endsWith(CLUSTER)) {
            return gateway;
        }
        String name = gateway.substring(0, gateway.length() - CLUSTER.length());
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(dot + 1) + "/" + name.substring(0, dot);
    }

    private Map<String, Object> rule(Part rule) {
        Map<String, Object> converted = new LinkedHashMap<>();
        String path = String.valueOf(rule.text("path"));
        if (RulePath.parse(path).isEmpty()) {
            refuse(rule, "the path '" + path + "' is an expression", "say it by '{*}' and '{**}'");
        }
        converted.put("path", path);
        converted.put("methods", rule.texts("methods"));
        strategy(rule, converted);
        Map<String, Object> request = new LinkedHashMap<>();
        for (Part mutator : rule.parts("mutators")) {
            String handler = String.valueOf(mutator.text("handler"));
            Part config = mutator.part("config");
            switch (handler) {
                case "header" -> request.put("headers", config.pairs("headers"));
                case "cookie" -> request.put("cookies", config.pairs("cookies"));
                case "noop" -> request.putIfAbsent("headers", Map.of());
                // Kyma's conversion passes it over, so that requests go on without what it says.
                default ->
                    mutator.problem(
                            "mutator",
                            "the mutator '" + handler + "' has no counterpart and falls away",
                            "leave it out");
            }
            config.end();
            mutator.end();
        }
        converted.put("request", request);
        Part service = rule.part("service");
        service.ignore("external");
        if (service.has("name")) {
            converted.put(
                    "service",
                    map(
                            "name",
                            service.text("name"),
                            "port",
                            service.number("port"),
                            "namespace",
                            service.text("namespace")));
        }
        service.end();
        Integer timeout = rule.number("timeout");
        if (timeout != null) {
            converted.put("timeout", timeout);
        }
        rule.end();
        return converted;
    }

    private void strategy(Part rule, Map<String, Object> converted) {
        List<Part> strategies = rule.parts("accessStrategies");
        if (strategies.size() != 1) {
            refuse(rule, "has " + strategies.size() + " access strategies", "say one");
            return;
        }
        Part strategy = strategies.get(0);
        String handler = String.valueOf(strategy.text("handler"));
        Part config = strategy.part("config");
        if (handler.equals("no_auth")) {
            converted.put("noAuth", true);
        } else if (handler.equals("jwt")) {
            converted.put("jwt", jwt(config));
        } else {
            refuse(strategy, "the handler '" + handler + "' has no counterpart", "ask for a JWT, or for nothing");
        }
        strategy.end();
    }

    private Map<String, Object> jwt(Part config) {
        List<String> issuers = config.texts("trusted_issuers");
        List<String> keys = config.texts("jwks_urls");
        if (issuers.isEmpty() && keys.isEmpty()) {
            List<Object> authentications = new ArrayList<>();
            for (Part each : config.parts("authentications")) {
                Map<String, Object> said = map("issuer", each.text("issuer"), "jwksUri", each.text("jwksUri"));
                for (String place : List.of("fromHeaders", "fromParams")) {
                    Object from = each.raw(place);
                    if (from != null) {
                        said.put(place, from);
                    }
                }
                authentications.add(said);
                each.end();
            }
            List<Object> authorizations = new ArrayList<>();
            for (Part each : config.parts("authorizations")) {
                authorizations.add(
                        map("requiredScopes", each.texts("requiredScopes"), "audiences", each.texts("audiences")));
                each.end();
            }
            config.end();
            return map("authentications", authentications, "authorizations", authorizations);
        }
        if (issuers.size() != 1 || keys.size() != 1) {
            refuse(
                    config,
                    "has " + issuers.size() + " issuers and " + keys.size() + " addresses of keys",
                    "say one of each");
            return Map.of();
        }
        List<String> scopes = config.texts("required_scope");
        List<String> audiences = config.texts("target_audience");
        config.end();
        Map<String, Object> authorization = map("requiredScopes", scopes, "audiences", audiences);
        return map(
                "authentications",
                List.of(map("issuer", issuers.get(0), "jwksUri", keys.get(0))),
                "authorizations",
                authorization.isEmpty() ? List.of() : List.of(authorization));
    }

    private void refuse(Part part, String message, String hint) {
        convertible = false;
        part.problem("unconvertible", message, hint);
    }
}
