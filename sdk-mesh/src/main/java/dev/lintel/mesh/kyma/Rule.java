package dev.lintel.mesh.kyma;

import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A rule of an APIRule.
 *
 * @param path which paths
 * @param methods which methods, each named
 * @param requirement what is asked: nothing, or a token
 * @param backend where requests go
 * @param headers what is set in requests
 * @param timeout in seconds
 */
record Rule(
        RulePath path,
        List<String> methods,
        Requirement requirement,
        Backend backend,
        Map<String, String> headers,
        int timeout) {
    /** What the controller takes where nothing is said, in seconds. */
    static final int USUAL_TIMEOUT = 180;
    /** The longest that it takes, in seconds. */
    static final int LONGEST_TIMEOUT = 3900;

    /** Keeps the methods unchangeable. */
    Rule {
        methods = List.copyOf(methods);
        Objects.requireNonNull(requirement, "requirement");
    }

    /**
     * A port of a service.
     *
     * @param name the service's name
     * @param namespace where it lives
     * @param port the service's port
     */
    record Backend(String name, String namespace, int port) {}

    boolean routes(String requested, String method) {
        return methods.contains(method) && !path.isExpression() && path.matches(requested);
    }
}
