package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies about access and tokens that Istio's webhook refuses. */
final class RefusedPolicies implements Rule {
    private static final List<String> NETWORKS =
            List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks");
    private static final List<String> NOT_FOR_CUSTOM = List.of(
            "principals",
            "notPrincipals",
            "requestPrincipals",
            "notRequestPrincipals",
            "namespaces",
            "notNamespaces",
            "serviceAccounts",
            "notServiceAccounts",
            "trustDomains",
            "notTrustDomains");
    private static final Set<String> TARGETS = Set.of("Service", "ServiceEntry", "Gateway", "GatewayClass");

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            Refusal refusal = new Refusal(policy, report);
            targets(refusal);
            provider(refusal);
            boolean custom = Policies.action(policy).equals("CUSTOM");
            for (Part rule : Policies.rules(policy)) {
                from(rule, custom, refusal);
                to(rule, refusal);
                rule.get("when").items().forEach(when -> when(when, custom, refusal));
            }
        }
        for (Manifest tokens : scene.all(Scene.AUTHENTICATION)) {
            Refusal refusal = new Refusal(tokens, report);
            targets(refusal);
            Part.of(tokens).get("jwtRules").items().forEach(rule -> keys(rule.get("jwks"), refusal));
        }
    }

    private static void targets(Refusal refusal) {
        for (Part target : Part.of(refusal.object()).get("targetRefs").items()) {
            if (!TARGETS.contains(target.get("kind").text())) {
                refusal.value(
                        target.get("kind"),
                        "kind that a policy can be for",
                        "say a Service, a ServiceEntry or a Gateway, or select workloads by labels");
            }
        }
    }

    private static void provider(Refusal refusal) {
        String action = Policies.action(refusal.object());
        Part spec = Part.of(refusal.object());
        Part provider = spec.get("provider");
        if (!action.equals("CUSTOM") && provider.isThere()) {
            refusal.apart(
                    provider,
                    "a provider is named, and the action is " + action + ": only CUSTOM asks one",
                    "say action: CUSTOM, or leave the provider out");
        } else if (action.equals("CUSTOM")
                && spec.get("rules").isThere()
                && provider.get("name").text().isEmpty()) {
            refusal.needed(
                    provider,
                    "the action is CUSTOM, and provider.name is empty",
                    "name one of meshConfig.extensionProviders");
        }
    }

    private static void from(Part rule, boolean custom, Refusal refusal) {
        for (Part from : rule.get("from").items()) {
            Part source = from.get("source");
            if (isEmpty(source)) {
                refusal.needed(source, "the source is empty", "say who, or leave 'from' out for everybody");
            }
            filled(source, refusal);
            for (String field : NETWORKS) {
                source.get(field).items().stream()
                        .filter(one -> !one.text().isEmpty() && !Texts.isNetwork(one.text()))
                        .forEach(one -> refusal.malformed(
                                one, "IP address and no CIDR range", "say one like 10.0.0.1 or 10.0.0.0/8"));
            }
            for (String field : NOT_FOR_CUSTOM) {
                if (custom && source.get(field).isThere()) {
                    custom(source.get(field), field, refusal);
                }
            }
        }
    }

    private static boolean isEmpty(Part part) {
        return !part.isThere() || part.value() instanceof Map<?, ?> map && map.isEmpty();
    }

    private static void custom(Part at, String what, Refusal refusal) {
        refusal.tell(
                LintCode.CUSTOM_CONDITION,
                at,
                "'" + what + "' is not supported with the action CUSTOM",
                "let the authorizer look at it, or say it in an ALLOW or DENY of its own");
    }

    private static void to(Part rule, Refusal refusal) {
        for (Part to : rule.get("to").items()) {
            Part operation = to.get("operation");
            if (isEmpty(operation)) {
                refusal.needed(operation, "the operation is empty", "say what, or leave 'to' out for everything");
            }
            filled(operation, refusal);
            for (String field : List.of("ports", "notPorts")) {
                ports(operation.get(field), refusal);
            }
            for (String field : List.of("paths", "notPaths")) {
                for (Part path : operation.get(field).items()) {
                    if (!isTemplate(path.text())) {
                        refusal.malformed(
                                path,
                                "path and no template that is supported",
                                "say {*} for a whole segment, and {**} at the end");
                    }
                }
            }
        }
    }

    /** What has no braces is a path of another form. */
    private static boolean isTemplate(String path) {
        if (path.indexOf('{') < 0 && path.indexOf('}') < 0) {
            return true;
        }
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String each = segments[i];
            boolean last = i == segments.length - 1;
            boolean operator = each.equals("{*}") || each.equals("{**}") && last;
            boolean plain = each.indexOf('{') < 0 && each.indexOf('}') < 0 && each.indexOf('*') < 0;
            if (!operator && !plain) {
                return false;
            }
        }
        return true;
    }

    private static void ports(Part ports, Refusal refusal) {
        ports.items().stream()
                .filter(port -> !port.text().isEmpty() && !Texts.isPort(port.text()))
                .forEach(port -> refusal.malformed(port, "port", "say a number from 0 to 65535"));
    }

    /** No text of a list may be without letters. */
    private static void filled(Part part, Refusal refusal) {
        for (String field : part.keys()) {
            part.get(field).items().stream()
                    .filter(one -> "".equals(one.value()))
                    .forEach(one -> refusal.needed(one, "an empty value is in '" + field + "'", "leave it out"));
        }
    }

    private static void when(Part when, boolean custom, Refusal refusal) {
        String key = when.get("key").text();
        if (!key.isEmpty()
                && when.get("values").isBlank()
                && when.get("notValues").isBlank()) {
            refusal.needed(when, "neither values nor notValues are said for '" + key + "'", "say one of the two");
        }
        if (custom
                && (key.startsWith("request.auth.")
                        || Set.of("source.namespace", "source.principal").contains(key))) {
            custom(when.get("key"), key, refusal);
        }
        for (String field : List.of("values", "notValues")) {
            if (key.equals("destination.port")) {
                ports(when.get(field), refusal);
            } else if (key.endsWith(".ip")) {
                when.get(field).items().stream()
                        .filter(one -> !Texts.isNetwork(one.text()))
                        .forEach(one -> refusal.malformed(
                                one, "IP address and no CIDR range", "say one like 10.0.0.1 or 10.0.0.0/8"));
            }
        }
    }

    /** A set of keys is an object; what is in it is left to whoever reads the keys. */
    private static void keys(Part jwks, Refusal refusal) {
        String text = jwks.text().strip();
        if (!text.isEmpty() && !(text.startsWith("{") && text.endsWith("}"))) {
            refusal.tell(
                    LintCode.MALFORMED,
                    jwks,
                    "the jwks cannot be parsed: it is no JSON object",
                    "say a set of keys: {\"keys\": [...]}, or jwksUri");
        }
    }
}
