package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What rules ask of AuthorizationPolicies. */
final class Policies {
    static final List<String> CALLERS = List.of("principals", "namespaces", "serviceAccounts", "trustDomains");

    private static final List<String> HTTP = List.of("hosts", "notHosts", "methods", "notMethods", "paths", "notPaths");

    private Policies() {}

    static String action(Manifest policy) {
        String action = Part.of(policy).get("action").text();
        return action.isEmpty() ? "ALLOW" : action;
    }

    static List<Part> rules(Manifest policy) {
        return Part.of(policy).get("rules").items();
    }

    static List<Part> sources(Part rule) {
        return below(rule.get("from").items(), "source");
    }

    static List<Part> operations(Part rule) {
        return below(rule.get("to").items(), "operation");
    }

    private static List<Part> below(List<Part> parts, String key) {
        List<Part> below = new ArrayList<>(parts.size());
        for (Part part : parts) {
            below.add(part.get(key));
        }
        return below;
    }

    static String not(String field) {
        return "not" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    /** The first field of a rule that only HTTP has; an empty part if there is none. */
    static Part http(Part rule) {
        for (Part operation : operations(rule)) {
            for (String field : HTTP) {
                if (operation.get(field).isThere()) {
                    return operation.get(field);
                }
            }
        }
        for (Part source : sources(rule)) {
            for (String field : List.of("requestPrincipals", "notRequestPrincipals")) {
                if (source.get(field).isThere()) {
                    return source.get(field);
                }
            }
        }
        for (Part when : rule.get("when").items()) {
            if (when.get("key").text().startsWith("request.")) {
                return when.get("key");
            }
        }
        return new Part(null, rule.path());
    }
}
