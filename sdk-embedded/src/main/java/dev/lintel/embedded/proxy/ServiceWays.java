package dev.lintel.embedded.proxy;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontReply;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.embedded.served.Remote;
import dev.lintel.embedded.upstream.Address;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The ways from a proxy to the services of its namespace, through the sidecar, which knows who may be called. */
final class ServiceWays implements FrontContext, AutoCloseable {
    private static final String CLUSTER = ".svc.cluster.local";
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final String api;
    private final Map<ServiceRef, Address> addresses = new LinkedHashMap<>();
    private final Map<ServiceRef, String> hosts = new LinkedHashMap<>();
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Remote remote;

    /**
     * The ways of an API.
     *
     * @param places where services are, by name, that are not found by their names in the cluster
     */
    ServiceWays(
            String api,
            List<ServiceRef> services,
            Map<String, URI> places,
            Executor executor,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.api = api;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
        this.remote = new Remote(null, CONNECT, this::after);
        String namespace = api.substring(api.indexOf('.') + 1);
        for (ServiceRef service : services) {
            String host = service.name() + "." + namespace + CLUSTER;
            URI place = places.get(service.name());
            Address unusedOld = addresses.put(
                    service, place == null ? new Address(host, service.port(), false) : Address.of(place));
            String unusedHost = hosts.put(service, service.port() == 80 ? host : host + ":" + service.port());
        }
    }

    @Override
    public String api() {
        return api;
    }

    @Override
    public FrontReply call(ServiceRef service, FrontCall call) throws IOException {
        Address address = addresses.get(service);
        String host = hosts.get(service);
        if (address == null || host == null) {
            throw new IllegalArgumentException("'" + service + "' is none of the services of " + api);
        }
        int query = call.target().indexOf('?');
        String path = query < 0 ? call.target() : call.target().substring(0, query);
        if (!path.equals(PathNormalizer.WITH_PARAMETERS.normalize(path))) {
            // A mesh decodes slashes and resolves dots, so that it would be another path when it arrives.
            return new FrontReply(400, List.of(), ByteBuffer.allocate(0));
        }
        return remote.call(address, host, call, call.target());
    }

    /** A proxy is given no secrets: it sends what its callers show, or nothing. */
    @Override
    public Optional<Secret> secret(SecretRef place) {
        return Optional.empty();
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        ScheduledFuture<?> later = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            boolean unusedInTime = later.cancel(false);
        };
    }

    @Override
    public void close() {
        remote.close();
    }
}
