package dev.lintel.core.model;

import java.util.List;

/**
 * What governs requests that enter by an exposed host.
 *
 * @param hosts lower-case names without port, at least one
 * @param access who may call what
 * @param routes in the order in which they are asked; the last one matches everything
 * @param rewrites in the order in which they are asked; no match means that the path stays as it is
 * @param headers what is changed in requests and responses
 * @param pathParameters whether a path may contain {@code ;}
 */
public record Entry(
        List<String> hosts,
        Access access,
        List<Route> routes,
        List<Rewrite> rewrites,
        HeaderChanges headers,
        boolean pathParameters) {
    /** Keeps the lists unchangeable. */
    public Entry {
        hosts = List.copyOf(hosts);
        routes = List.copyOf(routes);
        rewrites = List.copyOf(rewrites);
    }
}
