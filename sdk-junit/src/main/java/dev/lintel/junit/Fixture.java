package dev.lintel.junit;

import dev.lintel.core.Definition;
import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Checkpoint;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.AuthorizationSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What runs for a test: everything that its builder asked for. */
final class Fixture implements AutoCloseable {
    private static final int JOURNAL = 1_000;

    private final GatewayBuilder said;
    private final @Nullable VirtualClock clock;
    private final @Nullable AuthorizationServer authorization;
    private final Gateway gateway;
    private final RequestJournal journal;
    private @Nullable ExecutorService threads;
    private @Nullable HttpClient http;

    private Fixture(
            GatewayBuilder said,
            @Nullable VirtualClock clock,
            @Nullable AuthorizationServer authorization,
            Gateway gateway) {
        this.said = said;
        this.clock = clock;
        this.authorization = authorization;
        this.gateway = gateway;
        this.journal = new RequestJournal(gateway, authorization);
    }

    /** Starts everything, or nothing. */
    static Fixture start(GatewayBuilder said) {
        List<AutoCloseable> started = new ArrayList<>();
        try {
            return start(said, started);
        } catch (RuntimeException | Error e) {
            close(started, e);
            throw e;
        }
    }

    private static Fixture start(GatewayBuilder said, List<AutoCloseable> started) {
        InstantSource system = InstantSource.system();
        VirtualClock virtual = said.virtualClock ? VirtualClock.of(system.instant()) : null;
        InstantSource clock = virtual == null ? system : virtual;
        AuthorizationServer authorization = said.issuer ? authorization(said, clock) : null;
        if (authorization != null) {
            started.add(authorization);
            said.clients.forEach(authorization::client);
        }
        // One thread is plenty for a test, and starts faster than several.
        GatewaySettings settings = GatewaySettings.defaults()
                .clock(clock)
                .journal(JOURNAL)
                .threads(1)
                .stopTimeout(Duration.ofSeconds(1));
        Gateway gateway = Gateway.start(said.gateway.apply(settings));
        started.add(gateway);
        Fixture fixture = new Fixture(said, virtual, authorization, gateway);
        fixture.expose();
        return fixture;
    }

    private static AuthorizationServer authorization(GatewayBuilder said, InstantSource clock) {
        AuthorizationSettings settings = AuthorizationSettings.defaults().clock(clock);
        return AuthorizationServer.start(
                said.authorization.apply(said.audience == null ? settings : settings.audience(said.audience)));
    }

    private void expose() {
        for (GatewayBuilder.Bound bound : said.workloads) {
            if (bound.version().isEmpty()) {
                gateway.workload(bound.service(), bound.workload());
            } else {
                gateway.workload(bound.service(), bound.version(), bound.workload());
            }
        }
        String issuer = authorization == null ? "" : authorization.issuer().toString();
        List<? extends Definition> definitions =
                said.definitions.stream().map(one -> one.apply(issuer)).toList();
        gateway.apply(gateway.plan(definitions));
    }

    /** This moment; restoring it also sets a virtual clock to the present. */
    Checkpoint checkpoint() {
        Checkpoint front = gateway.checkpoint();
        Checkpoint back = authorization == null ? () -> {} : authorization.checkpoint();
        return () -> {
            if (clock != null) {
                clock.at(InstantSource.system().instant());
            }
            back.restore();
            front.restore();
        };
    }

    /** Ends what goes wrong on purpose, so that nothing waits when a test is over. */
    void calm() {
        if (authorization != null) {
            authorization.chaos().clear();
        }
    }

    Gateway gateway() {
        return gateway;
    }

    @Nullable
    AuthorizationServer authorization() {
        return authorization;
    }

    @Nullable
    VirtualClock clock() {
        return clock;
    }

    RequestJournal journal() {
        return journal;
    }

    /** Made when it is asked for first: it takes longer than all the rest, and a gateway with TLS can be no proxy. */
    synchronized HttpClient http() {
        HttpClient made = http;
        if (made == null) {
            threads = Executors.newCachedThreadPool(this::daemon);
            made = HttpClient.newBuilder()
                    .executor(threads)
                    .connectTimeout(Duration.ofSeconds(10))
                    .proxy(gateway.proxySelector())
                    .build();
            http = made;
        }
        return made;
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lintel-test-http-" + gateway.port());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
        List<AutoCloseable> running = new ArrayList<>();
        if (authorization != null) {
            running.add(authorization);
        }
        running.add(gateway);
        close(running, null);
    }

    private static void close(List<AutoCloseable> running, @Nullable Throwable because) {
        for (int i = running.size() - 1; i >= 0; i--) {
            try {
                running.get(i).close();
            } catch (Exception e) {
                if (because == null) {
                    throw new IllegalStateException("cannot stop " + running.get(i), e);
                }
                because.addSuppressed(e);
            }
        }
    }
}
