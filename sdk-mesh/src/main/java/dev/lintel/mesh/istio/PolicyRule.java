package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One rule of an AuthorizationPolicy as a mesh reads it: one of the sources, one of the operations, and all conditions.
 *
 * @param sources of whom it speaks, empty for everybody
 * @param operations of which requests it speaks, empty for all
 * @param grant what their token must say
 */
record PolicyRule(List<Source> sources, List<Where> operations, Grant grant) {
    /** Paths and methods of a rule. */
    record Where(List<PathExpression> paths, List<PathExpression> notPaths, MethodSet methods) {
        boolean matches(String path, String method) {
            return methods.contains(method)
                    && (paths.isEmpty() || paths.stream().anyMatch(one -> one.matches(path)))
                    && notPaths.stream().noneMatch(one -> one.matches(path));
        }
    }

    boolean covers(String path, String method) {
        for (Where one : operations) {
            if (one.matches(path, method)) {
                return true;
            }
        }
        return operations.isEmpty();
    }

    /** The sources that somebody is one of. */
    List<Source> of(Peer who) {
        if (sources.isEmpty()) {
            return List.of(Source.ANYBODY);
        }
        List<Source> some = new ArrayList<>();
        for (Source source : sources) {
            if (source.includes(who)) {
                some.add(source);
            }
        }
        return some;
    }

    /** Whether it asks for a token of who comes by a source. */
    boolean asksForToken(Source source) {
        return source.tokens() == Source.Tokens.NEEDED || !grant.equals(Grant.NONE);
    }

    static PolicyRule read(Fields rule, String trustDomain, String namespace, List<String> issuers) {
        List<Where> operations = new ArrayList<>();
        for (Fields to : rule.maps("to")) {
            operations.add(where(to.map("operation")));
            to.end();
        }
        Grant grant = conditions(rule);
        List<Source> sources = new ArrayList<>();
        for (Fields from : rule.maps("from")) {
            sources.add(Source.read(from.map("source"), trustDomain, namespace, issuers));
            from.end();
        }
        rule.end();
        return new PolicyRule(sources, operations, grant);
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

    static Where where(Fields operation) {
        List<PathExpression> paths = paths(operation, "paths");
        List<PathExpression> notPaths = paths(operation, "notPaths");
        List<String> methods = operation.texts("methods");
        List<String> notMethods = operation.texts("notMethods");
        operation.end();
        MethodSet named = methods.isEmpty() ? MethodSet.ALL : new MethodSet(false, new TreeSet<>(methods));
        MethodSet meant = notMethods.isEmpty() ? named : named.minus(new MethodSet(false, new TreeSet<>(notMethods)));
        return new Where(paths, notPaths, meant);
    }

    static List<PathExpression> paths(Fields operation, String name) {
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
