package dev.lintel.mesh.kyma;

import java.util.List;

/**
 * Some requests that the gateway sends and that are refused whatever an APIRule allows, because an APIRule cannot refuse.
 *
 * @param path which paths
 * @param notPaths narrower ones at which something is allowed
 * @param methods which methods; all where all nine are named
 */
record Denial(RulePath path, List<RulePath> notPaths, List<String> methods) {
    /** Keeps the lists unchangeable. */
    Denial {
        notPaths = List.copyOf(notPaths);
        methods = List.copyOf(methods);
    }

    boolean refuses(String requested, String method) {
        return methods.contains(method)
                && path.matches(requested)
                && notPaths.stream().noneMatch(not -> not.matches(requested));
    }
}
