package dev.lintel.mesh.imports;

import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.text;
import static dev.lintel.mesh.imports.Java.texts;

import dev.lintel.core.EgressGateway;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What may leave, and boundaries of namespaces, as the calls that say them. */
final class BorderSource {
    private static final String NEXT = "\n                .";

    private BorderSource() {}

    static String about(Map<String, Object> tree) {
        return isEgress(tree)
                ? tree.get("host") + " from " + tree.get("namespace")
                : "The boundary of " + tree.get("namespace");
    }

    static String name(Map<String, Object> tree) {
        return isEgress(tree)
                ? "egress-" + tree.get("host") + "-from-" + tree.get("namespace")
                : "isolation-of-" + tree.get("namespace");
    }

    static String chain(Map<String, Object> tree) {
        return (isEgress(tree) ? egress(tree) : isolation(tree)) + NEXT + "define()";
    }

    private static boolean isEgress(Map<String, Object> tree) {
        return "Egress/v1".equals(tree.get("kind"));
    }

    private static String egress(Map<String, Object> tree) {
        StringBuilder chain = new StringBuilder("Api.egress(").append(text(tree.get("host")));
        chain.append(')').append(NEXT).append("inNamespace(").append(text(tree.get("namespace")));
        chain.append(')');
        if (!list(tree, "onlyFor").isEmpty()) {
            chain.append(NEXT)
                    .append("onlyFor(")
                    .append(texts(list(tree, "onlyFor")))
                    .append(')');
        }
        if (!list(tree, "ports").isEmpty()) {
            chain.append(NEXT)
                    .append("ports(")
                    .append(list(tree, "ports").stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append(')');
        }
        if (Boolean.TRUE.equals(tree.get("privateAddresses"))) {
            chain.append(NEXT).append("allowPrivateAddresses()");
        }
        if (tree.get("gateway") != null) {
            EgressGateway gateway = EgressGateway.parse(String.valueOf(tree.get("gateway")));
            chain.append(NEXT)
                    .append("throughGateway(")
                    .append(texts(List.of(gateway.name(), gateway.namespace())))
                    .append(')');
        }
        return chain.toString();
    }

    private static String isolation(Map<String, Object> tree) {
        StringBuilder chain = new StringBuilder("Api.isolate(")
                .append(text(tree.get("namespace")))
                .append(')');
        for (String verb : List.of("allowFrom", "allowTo")) {
            if (!list(tree, verb).isEmpty()) {
                chain.append(NEXT)
                        .append(verb)
                        .append('(')
                        .append(texts(list(tree, verb)))
                        .append(')');
            }
        }
        return chain.toString();
    }
}
