package dev.lintel.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.front.FrontProvider;
import dev.lintel.core.model.FrontRule;
import dev.lintel.embedded.proxy.Running;
import dev.lintel.embedded.proxy.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Serves one API that Lintel serves itself, beside the sidecar of a mesh, which has checked tokens and callers before a request
 * arrives. Without a sidecar it answers 503 and is not ready. It calls the services of the API's namespace by their names in
 * the cluster, through the sidecar.
 */
@CheckReturnValue
public final class FrontProxy implements AutoCloseable {
    private final Running running;

    private FrontProxy(Running running) {
        this.running = running;
    }

    /**
     * What a proxy is told.
     *
     * @param api the id of the API, for example {@code catalog.shop}
     * @param rule what is served
     * @param address on which it listens
     * @param port for requests, 0 for a free one
     * @param probes the port of {@code /ready} and {@code /live}, 0 for a free one
     * @param sidecar answers 200 if there is one
     * @param places where services are, by name, that are not found by their names in the cluster
     * @param drain how long requests are still taken when it is to stop and says that it is not ready
     */
    public record Settings(
            String api,
            FrontRule rule,
            InetAddress address,
            int port,
            int probes,
            URI sidecar,
            SortedMap<String, URI> places,
            Duration drain) {
        /** Checks ports and names. */
        public Settings {
            port = Bounds.port(port);
            probes = Bounds.port(probes);
            if (api.indexOf('.') <= 0) {
                throw new IllegalArgumentException("an API is 'name.namespace', but was '" + api + "'");
            }
            places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
            for (String name : places.keySet()) {
                if (rule.services().stream().map(ServiceRef::name).noneMatch(name::equals)) {
                    throw new IllegalArgumentException(
                            "'" + name + "' is none of the services of " + api + ": " + rule.services());
                }
            }
        }

        private Told told() {
            return new Told(api, rule, address, port, probes, sidecar, places, drain);
        }
    }

    /**
     * Starts a proxy.
     *
     * @param settings what it is told
     * @return running until it is closed
     * @throws IOException if a port is taken
     * @throws IllegalArgumentException if nothing on the class path serves the kind, or the rule cannot be understood
     */
    public static FrontProxy start(Settings settings) throws IOException {
        FrontProvider provider = FrontProvider.of(settings.rule.kind())
                .orElseThrow(
                        () -> new IllegalArgumentException("nothing on the class path serves " + settings.rule.kind()));
        return new FrontProxy(Running.start(provider, settings.told()));
    }

    /**
     * Where it listens for requests.
     *
     * @return the port
     */
    public int port() {
        return running.port();
    }

    /**
     * Where it tells whether it is ready, and that it lives.
     *
     * @return the port
     */
    public int probes() {
        return running.probes();
    }

    /** Says that it is not ready, takes requests for the time of draining, answers those that are under way, and ends. */
    @Override
    public void close() {
        running.close();
    }
}
