package dev.lintel.embedded.authorization.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which endpoint answers which method on which path. Paths are compared as they came: there is only one spelling. */
public final class Routes implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Map<String, Map<String, Endpoint>> byPath;

    private Routes(Map<String, Map<String, Endpoint>> byPath) {
        this.byPath = byPath;
    }

    /** No routes. */
    public static Routes none() {
        return new Routes(Map.of());
    }

    /**
     * These routes and one more.
     *
     * @param method for example {@code GET}
     * @param path for example {@code /token}
     * @param endpoint what answers there
     * @return new routes
     */
    public Routes with(String method, String path, Endpoint endpoint) {
        Map<String, Endpoint> methods = new TreeMap<>(byPath.getOrDefault(path, Map.of()));
        methods.put(method, endpoint);
        Map<String, Map<String, Endpoint>> all = new TreeMap<>(byPath);
        all.put(path, Collections.unmodifiableMap(methods));
        return new Routes(Collections.unmodifiableMap(all));
    }

    /**
     * The same routes, with something around each endpoint.
     *
     * @param around what makes an endpoint of an endpoint
     * @return new routes
     */
    public Routes each(UnaryOperator<Endpoint> around) {
        Routes all = none();
        for (Map.Entry<String, Map<String, Endpoint>> path : byPath.entrySet()) {
            for (Map.Entry<String, Endpoint> method : path.getValue().entrySet()) {
                all = all.with(method.getKey(), path.getKey(), around.apply(method.getValue()));
            }
        }
        return all;
    }

    @Override
    public Reply answer(Received request) {
        Map<String, Endpoint> methods = byPath.get(request.path());
        if (methods == null) {
            return Reply.text(404, "not found");
        }
        Endpoint endpoint = methods.get(request.method());
        if (endpoint == null) {
            return Reply.text(405, "method not allowed").header("Allow", String.join(", ", methods.keySet()));
        }
        try {
            return endpoint.answer(request);
        } catch (RuntimeException e) {
            LOG.error("{} failed", request, e);
            return Reply.text(500, "internal error");
        }
    }
}
