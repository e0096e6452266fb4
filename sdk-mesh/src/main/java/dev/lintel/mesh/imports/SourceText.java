package dev.lintel.mesh.imports;

import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.part;
import static dev.lintel.mesh.imports.Java.parts;
import static dev.lintel.mesh.imports.Java.text;
import static dev.lintel.mesh.imports.Java.texts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Definitions in the stored form as the Java program that says them. */
final class SourceText {
    /** What a program names, by the word that tells that it does. */
    private static final Map<String, String> IMPORTS = imports();

    private static final String CALL = "                ";
    private static final String RULE = "                        ";

    private final List<Said> all;

    SourceText(List<Said> all) {
        this.all = all;
    }

    /** A definition in the stored form, and what it does not say as it was read. */
    record Said(Map<String, Object> tree, Unsaid lost) {}

    String program() {
        StringBuilder methods = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (Said said : all) {
            Map<String, Object> tree = said.tree();
            String name = name(tree, names);
            names.add(name + "()");
            methods.append("\n    /** ")
                    .append(about(tree))
                    .append(". */\n    public static ")
                    .append(type(tree))
                    .append(' ')
                    .append(name)
                    .append("() {\n")
                    .append(comments(said.lost()))
                    .append("        return ")
                    .append(isApi(tree) ? chain(tree, said.lost()) : BorderSource.chain(tree))
                    .append(";\n    }\n");
        }
        String body = methods.toString();
        String common = all.stream().allMatch(said -> isApi(said.tree())) ? "ApiDefinition" : "Definition";
        TreeSet<String> used = new TreeSet<>(List.of("dev.lintel.core." + common, "java.util.List"));
        all.forEach(said -> used.add("dev.lintel.core." + type(said.tree())));
        IMPORTS.forEach((word, type) -> {
            if (body.contains(word)) {
                used.add(type);
            }
        });
        StringBuilder out = new StringBuilder();
        used.forEach(type -> out.append("import ").append(type).append(";\n"));
        return out.append("\n/** APIs that were imported from manifests. */\npublic final class ImportedApis {\n")
                .append("    private ImportedApis() {}\n\n    /** All of them. */\n")
                .append("    public static List<" + common + "> all() {\n        return List.of(")
                .append(String.join(", ", names))
                .append(");\n    }\n")
                .append(body)
                .append("}\n")
                .toString();
    }

    private static Map<String, String> imports() {
        Map<String, String> imports = new LinkedHashMap<>();
        imports.put("return Api.", "dev.lintel.sdk.Api");
        imports.put("ServiceRef.", "dev.lintel.core.ServiceRef");
        imports.put("OAuth2.", "dev.lintel.auth.OAuth2");
        imports.put("TrustedIssuer.", "dev.lintel.auth.TrustedIssuer");
        imports.put("Rule.at", "dev.lintel.auth.Rule");
        imports.put("Callers.", "dev.lintel.auth.caller.Callers");
        imports.put("Match.", "dev.lintel.core.match.Match");
        imports.put("Condition.", "dev.lintel.core.match.Condition");
        imports.put("RetryOn.", "dev.lintel.core.model.RetryOn");
        imports.put("WorkloadSelector(", "dev.lintel.core.policy.WorkloadSelector");
        for (String type : List.of(
                "VersionOf(",
                "Redirect(",
                "Redirect.",
                "Split(",
                "Split.",
                "Sticky.",
                "Retry.",
                "Fault.",
                "Breaker.",
                "LoadBalancing.",
                "HashOn.",
                "ServedBy.")) {
            imports.put(
                    (type.endsWith("(") ? "new " : "") + type,
                    "dev.lintel.traffic." + type.substring(0, type.length() - 1));
        }
        imports.put("Duration.", "java.time.Duration");
        imports.put("Map.of", "java.util.Map");
        imports.put("URI.", "java.net.URI");
        return imports;
    }

    private static boolean isApi(Map<String, Object> tree) {
        return "Api/v1".equals(tree.get("kind"));
    }

    private static String type(Map<String, Object> tree) {
        return String.valueOf(tree.get("kind")).replace("/v1", "Definition");
    }

    private static String about(Map<String, Object> tree) {
        return isApi(tree) ? tree.get("service") + " in " + tree.get("namespace") : BorderSource.about(tree);
    }

    /** The name of a method: what it is about and the namespace, as Java writes names; a number where it is taken. */
    private static String name(Map<String, Object> tree, List<String> taken) {
        String what = isApi(tree)
                ? String.valueOf(tree.get("service")).replaceAll(":.*", "") + "-in-" + tree.get("namespace")
                : BorderSource.name(tree);
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < what.length(); i++) {
            char c = what.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (letter) {
                name.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = !letter;
        }
        String first = Character.isDigit(name.charAt(0)) ? "api" + name : name.toString();
        String free = first;
        for (int i = 2; taken.contains(free + "()"); i++) {
            free = first + "No" + i;
        }
        return free;
    }

    private static String comments(Unsaid lost) {
        StringBuilder comments = new StringBuilder();
        lost.comments().forEach(one -> comments.append(Java.comment("        ", one)));
        return comments.toString();
    }

    private static String chain(Map<String, Object> tree, Unsaid lost) {
        String service = String.valueOf(tree.get("service"));
        String exposed = service.contains(":") ? "ServiceRef.parse(" + text(service) + ")" : text(service);
        StringBuilder chain = new StringBuilder("Api.expose(")
                .append(exposed)
                .append(")\n                .inNamespace(")
                .append(text(tree.get("namespace")))
                .append(')');
        for (Map<String, Object> policy : parts(tree, "policies")) {
            chain.append('\n')
                    .append(Java.comment(CALL, lost.at(part(policy, "match").get("endpoint"))));
            chain.append(CALL).append('.').append(call(policy, lost));
        }
        return chain.append("\n                .define()").toString();
    }

    private static String call(Map<String, Object> policy, Unsaid lost) {
        String kind = String.valueOf(policy.get("kind"));
        return switch (kind) {
            case "entry.host/v1" -> "atHost(" + text(policy.get("host")) + ")";
            case "entry.paths/v1" -> "atPaths(" + texts(list(policy, "paths")) + ")";
            case "entry.path-parameters/v1" -> "allowPathParameters()";
            case "service.grpc/v1" -> "grpc()";
            case "service.workload-selector/v1" -> selector(part(policy, "labels"));
            case "auth.oauth2/v1" -> "withOAuth2(" + oauth2(policy, lost) + ")";
            case "auth.callers/v1" -> "with(" + callers(policy) + ")";
            default -> kind.contains("-header/") ? header(kind, policy) : TrafficSource.call(kind, policy);
        };
    }

    private static String selector(Map<String, Object> labels) {
        if (labels.size() > 1) {
            return "with(new WorkloadSelector(" + Java.map(labels) + "))";
        }
        Map.Entry<String, Object> only = labels.entrySet().iterator().next();
        return "workloadSelector(" + text(only.getKey()) + ", " + text(only.getValue()) + ")";
    }

    private static String header(String kind, Map<String, Object> policy) {
        String how = kind.substring("traffic.".length(), kind.indexOf('-'));
        String where = "response".equals(policy.get("message")) ? "ResponseHeader(" : "Header(";
        Object value = policy.get("value");
        return how + where + text(policy.get("name")) + (value == null ? "" : ", " + text(value)) + ")";
    }

    private static String oauth2(Map<String, Object> policy, Unsaid lost) {
        StringBuilder call = new StringBuilder();
        for (Map<String, Object> issuer : parts(policy, "issuers")) {
            call.append(call.length() == 0 ? "OAuth2.oauth2(" : next() + ".issuer(")
                    .append(issuer(issuer))
                    .append(')');
        }
        if (!list(policy, "audiences").isEmpty()) {
            call.append(next())
                    .append(".audience(")
                    .append(texts(list(policy, "audiences")))
                    .append(')');
        }
        parts(policy, "rules")
                .forEach(rule -> call.append('\n')
                        .append(Java.comment(RULE, lost.at(rule.get("endpoint"))))
                        .append(RULE)
                        .append(rule(rule)));
        return call.toString();
    }

    private static String next() {
        return "\n" + RULE;
    }

    private static String issuer(Map<String, Object> issuer) {
        String name = text(issuer.get("issuer"));
        Object jwks = issuer.get("jwksUri");
        List<?> algorithms = list(issuer, "algorithms");
        Object keys = issuer.get("jwks");
        if (jwks == null && keys == null && algorithms.isEmpty()) {
            return name;
        }
        return "TrustedIssuer.issuer(" + name + ")"
                + (jwks == null ? "" : ".jwks(URI.create(" + text(jwks) + "))")
                + (keys == null ? "" : ".keys(" + text(keys) + ")")
                + (algorithms.isEmpty() ? "" : ".algorithms(" + texts(algorithms) + ")");
    }

    private static String rule(Map<String, Object> rule) {
        String endpoint = text(rule.get("endpoint"));
        String allow = String.valueOf(rule.get("allow"));
        List<?> scopes = list(rule, "scopes");
        List<Map<String, Object>> claims = parts(rule, "claims");
        if (rule.containsKey("allow")) {
            String word = allow.equals("anyone") ? "publicPaths" : allow.equals("nobody") ? "deny" : "authenticated";
            return "." + word + "(" + endpoint + ")";
        }
        if (claims.isEmpty()) {
            return ".scope(" + endpoint + ", " + texts(scopes) + ")";
        }
        StringBuilder call =
                new StringBuilder(".rule(Rule.at(").append(endpoint).append(')');
        if (!scopes.isEmpty()) {
            call.append(".scopes(").append(texts(scopes)).append(')');
        }
        for (Map<String, Object> claim : claims) {
            call.append(".claim(")
                    .append(text(claim.get("claim")))
                    .append(", ")
                    .append(texts(list(claim, "anyOf")))
                    .append(')');
        }
        return call.append(')').toString();
    }

    private static String callers(Map<String, Object> policy) {
        List<?> workloads = list(policy, "workloads");
        List<?> namespaces = list(policy, "namespaces");
        String call = Boolean.TRUE.equals(policy.get("everybody"))
                ? "Callers.everyCaller()"
                : workloads.isEmpty()
                        ? "Callers.callersIn(" + texts(namespaces) + ")"
                        : "Callers.callers(" + texts(workloads) + ")"
                                + (namespaces.isEmpty() ? "" : ".namespace(" + texts(namespaces) + ")");
        List<?> endpoints = list(policy, "endpoints");
        return call
                + (endpoints.isEmpty() ? "" : ".at(" + texts(endpoints) + ")")
                + (Boolean.TRUE.equals(policy.get("entering")) ? ".orEntering()" : "");
    }
}
