package dev.lintel.mesh.kyma;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an APIRule as its {@code spec}. */
final class ApiRuleTree {
    /** Where tokens are: unless it is said, Envoy also takes the one in the query as {@code access_token}. */
    static final List<Map<String, String>> BEARER = List.of(bearer());

    private final ApiRule rule;

    ApiRuleTree(ApiRule rule) {
        this.rule = rule;
    }

    private static Map<String, String> bearer() {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("name", "Authorization");
        header.put("prefix", "Bearer ");
        return header;
    }

    Map<String, Object> spec() {
        Rule first = rule.rules().get(0);
        return map(
                "hosts",
                List.of(rule.host()),
                "gateway",
                rule.gateway(),
                "service",
                map("name", first.backend().name(), "port", first.backend().port()),
                "timeout",
                first.timeout(),
                "rules",
                rule.rules().stream().map(this::rule).toList());
    }

    private Map<String, Object> rule(Rule one) {
        boolean open = one.requirement().equals(Requirement.PUBLIC);
        return map(
                "path",
                one.path().text(),
                "methods",
                one.methods(),
                "noAuth",
                open ? true : null,
                "jwt",
                one.requirement() instanceof Requirement.Token token ? jwt(token) : null,
                "request",
                map("headers", escaped(one.headers())));
    }

    private Map<String, Object> jwt(Requirement.Token token) {
        List<Object> authentications = new ArrayList<>();
        rule.issuers()
                .forEach(issuer -> authentications.add(map(
                        "issuer",
                        issuer.issuer(),
                        "jwksUri",
                        String.valueOf(issuer.jwksUri()),
                        "fromHeaders",
                        BEARER)));
        List<Object> authorizations = new ArrayList<>();
        for (Grant grant : token.anyOf()) {
            // All audiences of an entry are needed, but one of ours is enough: each needs an entry of its own.
            for (String audience : rule.audiences()) {
                authorizations.add(map("requiredScopes", grant.scopes(), "audiences", List.of(audience)));
            }
            if (rule.audiences().isEmpty() && !grant.scopes().isEmpty()) {
                authorizations.add(map("requiredScopes", grant.scopes()));
            }
        }
        return map("authentications", authentications, "authorizations", authorizations);
    }

    /** Envoy takes a percent sign in a header's value for the beginning of a command. */
    private static Map<String, Object> escaped(Map<String, String> headers) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        headers.forEach((name, value) -> escaped.put(name, value.replace("%", "%%")));
        return escaped;
    }
}
