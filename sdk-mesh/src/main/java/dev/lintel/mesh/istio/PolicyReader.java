package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three policies of a workload and answers what they ask of a request that the gateway sends there: the union
 * of the ALLOW rules, each of them a list of conditions.
 */
final class PolicyReader {
    /** Stands for the algorithms of an issuer's keys, whichever they are. */
    private static final List<String> ALGORITHMS = List.of("any");

    private final String principal;
    private final List<Issuer> issuers = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable List<String> audiences;
    private @Nullable Map<String, String> labels;
    private boolean allows;
    private boolean inside;
    private boolean strict;

    PolicyReader(String principal) {
        this.principal = principal;
    }

    /** One ALLOW rule for what the gateway sends. */
    private record Rule(
            List<Operation> operations, @Nullable Grant grant) {}

    private record Operation(List<PathExpression> paths, List<PathExpression> notPaths, MethodSet methods) {
        boolean matches(String path, String method) {
            return methods.contains(method)
                    && (paths.isEmpty() || paths.stream().anyMatch(one -> one.matches(path)))
                    && notPaths.stream().noneMatch(one -> one.matches(path));
        }
    }

    /** Whether there is any policy at all. */
    boolean isEmpty() {
        return !allows && issuers.isEmpty();
    }

    List<Issuer> issuers() {
        return issuers;
    }

    List<String> audiences() {
        return audiences == null ? List.of() : audiences;
    }

    Optional<Map<String, String>> labels() {
        return Optional.ofNullable(labels);
    }

    /** The methods that the rules name. */
    Set<String> methods() {
        Set<String> names = new TreeSet<>();
        rules.forEach(rule ->
                rule.operations().forEach(one -> names.addAll(one.methods().names())));
        return names;
    }

    /** All paths that the rules name. */
    Set<PathPattern> patterns() {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        rules.forEach(rule -> rule.operations().forEach(operation -> {
            operation.paths().forEach(path -> patterns.add(path.atom()));
            operation.notPaths().forEach(path -> patterns.add(path.atom()));
        }));
        return patterns;
    }

    /** What is asked of a request, as the sidecar sees it. */
    Requirement asked(String path, String method) {
        if (!allows) {
            return Requirement.PUBLIC;
        }
        List<Grant> grants = new ArrayList<>();
        for (Rule rule : rules) {
            boolean covers = rule.operations().isEmpty()
                    || rule.operations().stream().anyMatch(one -> one.matches(path, method));
            if (covers && rule.grant() == null) {
                return Requirement.PUBLIC;
            }
            if (covers && !grants.contains(rule.grant())) {
                grants.add(rule.grant());
            }
        }
        return grants.isEmpty() ? Requirement.DENIED : new Requirement.Token(grants);
    }

    /** What of the three belongs together, once all of them were read. */
    void finish(Fields last, Optional<Hygiene> hygiene) {
        if (allows && !inside) {
            last.problem("no rule lets callers inside go on");
        }
        if (allows && !strict) {
            last.problem("without a strict PeerAuthentication whoever comes without an identity counts as inside");
        }
        boolean templates = patterns().stream().anyMatch(Forms::hasTemplate);
        if (templates && hygiene.map(Hygiene::stars).orElse(true)) {
            last.problem("a path with '*' gets around the templates, and the gateway does not refuse it");
        }
    }

    void peer(Fields spec) {
        select(spec);
        Fields mtls = spec.map("mtls");
        strict = "STRICT".equals(mtls.text("mode"));
        mtls.end();
        spec.end();
    }

    void request(Fields spec) {
        select(spec);
        for (Fields rule : spec.maps("jwtRules")) {
            String issuer = String.valueOf(rule.text("issuer"));
            String jwks = rule.text("jwksUri");
            issuers.add(new Issuer(issuer, jwks == null ? null : URI.create(jwks), ALGORITHMS, Origin.unknown()));
            List<String> meant = rule.texts("audiences");
            if (audiences != null && !audiences.equals(meant)) {
                rule.problem("asks for other audiences than the issuer before");
            }
            audiences = meant;
            if (!rule.flag("forwardOriginalToken")) {
                rule.problem("takes the token away from the service");
            }
            rule.end();
        }
        spec.end();
    }

    /** Must be read after the issuers are known. */
    void authorization(Fields spec) {
        select(spec);
        allows = true;
        if (!"ALLOW".equals(spec.text("action"))) {
            spec.problem("action is not ALLOW");
        }
        spec.maps("rules").forEach(this::rule);
        spec.end();
    }

    private void select(Fields spec) {
        Fields selector = spec.map("selector");
        Map<String, String> selected = selector.pairs("matchLabels");
        selector.end();
        if (labels != null && !labels.equals(selected) || selected.isEmpty()) {
            spec.problem("selects " + selected + ", and the other policies " + labels);
        }
        labels = selected;
    }

    private void rule(Fields rule) {
        List<Operation> operations = new ArrayList<>();
        for (Fields to : rule.maps("to")) {
            operations.add(operation(to.map("operation")));
            to.end();
        }
        Grant grant = conditions(rule);
        boolean asks = !operations.isEmpty() || !grant.equals(Grant.NONE);
        for (Fields from : rule.maps("from")) {
            source(from.map("source"), operations, grant, asks);
            from.end();
        }
        rule.end();
    }

    private void source(Fields source, List<Operation> operations, Grant grant, boolean asks) {
        List<String> principals = source.texts("principals");
        List<String> not = source.texts("notPrincipals");
        List<String> tokens = source.texts("requestPrincipals");
        source.end();
        if (principals.isEmpty() && not.equals(List.of(principal)) && tokens.isEmpty() && !asks) {
            inside = true;
            return;
        }
        if (!principals.equals(List.of(principal)) || !not.isEmpty()) {
            source.problem("is neither the gateway nor everybody but the gateway");
            return;
        }
        if (tokens.isEmpty()) {
            rules.add(new Rule(operations, grant.equals(Grant.NONE) ? null : grant));
        } else if (trusted(tokens, source)) {
            rules.add(new Rule(operations, grant));
        }
    }

    /** Whether tokens of all issuers are meant; none of them means that the rule is never met. */
    private boolean trusted(List<String> tokens, Fields source) {
        long met = issuers.stream()
                .filter(issuer -> tokens.contains(issuer.issuer() + "/*"))
                .count();
        if (met != 0 && met != issuers.size()) {
            source.problem("trusts some of the issuers only: " + tokens);
        }
        return met != 0;
    }

    private static Grant conditions(Fields rule) {
        List<String> scopes = new ArrayList<>();
        List<Grant.ClaimRule> claims = new ArrayList<>();
        for (Fields when : rule.maps("when")) {
            String key = String.valueOf(when.text("key"));
            List<String> values = when.texts("values");
            when.end();
            boolean claim = key.startsWith("request.auth.claims[") && key.indexOf(']') == key.length() - 1;
            boolean wild = values.stream().anyMatch(value -> value.startsWith("*") || value.endsWith("*"));
            if (!claim || wild || values.isEmpty()) {
                when.problem("is no condition on exact values of one claim: " + key + " " + values);
            } else if (key.equals("request.auth.claims[scope]") && values.size() == 1) {
                scopes.add(values.get(0));
            } else if (key.equals("request.auth.claims[scope]")) {
                when.problem("asks for one of several scopes");
            } else {
                claims.add(
                        new Grant.ClaimRule(key.substring("request.auth.claims[".length(), key.length() - 1), values));
            }
        }
        return new Grant(scopes, claims);
    }

    private static Operation operation(Fields operation) {
        List<PathExpression> paths = paths(operation, "paths");
        List<PathExpression> notPaths = paths(operation, "notPaths");
        List<String> methods = operation.texts("methods");
        List<String> notMethods = operation.texts("notMethods");
        operation.end();
        MethodSet named = methods.isEmpty() ? MethodSet.ALL : new MethodSet(false, new TreeSet<>(methods));
        return new Operation(paths, notPaths, named.minus(new MethodSet(false, new TreeSet<>(notMethods))));
    }

    private static List<PathExpression> paths(Fields operation, String name) {
        List<PathExpression> paths = new ArrayList<>();
        for (String text : operation.texts(name)) {
            Optional<PathExpression> path = PathExpression.policy(text);
            if (path.isEmpty()) {
                operation.problem(name + " does not match by whole segments: " + text);
            }
            path.ifPresent(paths::add);
        }
        return paths;
    }
}
