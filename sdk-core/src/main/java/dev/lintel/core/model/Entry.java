package dev.lintel.core.model;

import dev.lintel.core.match.PathPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What governs requests that enter by an exposed host.
 *
 * @param hosts lower-case names without port, at least one
 * @param access who may call what
 * @param routes in the order in which they are asked; the last one matches everything
 * @param rewrites in the order in which they are asked; no match means that the path stays as it is
 * @param headers what is changed in requests and responses
 * @param pathParameters whether a path may contain {@code ;}
 * @param paths which paths of its hosts belong to the API; empty for all of them
 * @param authorizer who is asked about every request; null for nobody
 * @param login how people log in; null if they do not
 */
public record Entry(
        List<String> hosts,
        Access access,
        List<Route> routes,
        List<Rewrite> rewrites,
        HeaderChanges headers,
        boolean pathParameters,
        List<PathPattern> paths,
        @Nullable AuthorizerRule authorizer,
        @Nullable LoginRule login) {
    /** Keeps the lists unchangeable. */
    public Entry {
        hosts = List.copyOf(hosts);
        routes = List.copyOf(routes);
        rewrites = List.copyOf(rewrites);
        paths = List.copyOf(paths);
    }

    /**
     * An entry to which all paths of its hosts belong, and at which nobody else is asked.
     *
     * @param hosts lower-case names without port, at least one
     * @param access who may call what
     * @param routes in the order in which they are asked
     * @param rewrites in the order in which they are asked
     * @param headers what is changed in requests and responses
     * @param pathParameters whether a path may contain {@code ;}
     */
    public Entry(
            List<String> hosts,
            Access access,
            List<Route> routes,
            List<Rewrite> rewrites,
            HeaderChanges headers,
            boolean pathParameters) {
        this(hosts, access, routes, rewrites, headers, pathParameters, List.of(), null, null);
    }

    /**
     * The same entry with another access policy, at which nobody else is asked.
     *
     * @param other who may call what
     * @return a new entry without authorizer and login
     */
    public Entry bare(Access other) {
        return new Entry(hosts, other, routes, rewrites, headers, pathParameters, paths, null, null);
    }
}
