package dev.lintel.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.explain.Asked;
import dev.lintel.core.explain.Explained;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.embedded.serve.Inside;
import dev.lintel.embedded.serve.Server;
import dev.lintel.embedded.world.Bindings;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Planner;
import dev.lintel.embedded.world.View;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gateway inside this JVM: it listens on a port of its own, decides every request by the definitions that were applied,
 * and passes on what is allowed to the workloads that are bound.
 *
 * <p>Applying a plan swaps what decides between two requests; none is lost, and each is decided by one model from
 * beginning to end. Safe for use by many threads. Its own threads are daemons: a program that has nothing else to do ends
 * with its {@code main}, and takes the gateway along.
 */
public final class Gateway implements Backend, AutoCloseable {
    private final GatewaySettings settings;
    private final Server server;
    private final Planner planner;
    private final @Nullable GatewayJournal journal;
    private final EgressProxies egress;
    private boolean closed;

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.journal = GatewayJournal.of(settings);
        this.server = Servers.start(settings, journal);
        this.planner = new Planner(
                "gateway " + scheme() + "://*." + settings.world.domain() + ":" + port(),
                settings.world,
                settings.certificates != null);
        this.egress = new EgressProxies(() -> server.engine().view().evaluator(), server.loops());
    }

    /**
     * Starts a gateway on the loopback address, a free port and the domain {@code localhost}.
     *
     * @return a gateway that answers 404 until a plan is applied
     */
    public static Gateway start() {
        return start(GatewaySettings.defaults());
    }

    /**
     * Starts a gateway with settings made from the default ones.
     *
     * @param more for example {@code s -> s.port(8080).domain("example.com")}
     * @return a gateway that answers 404 until a plan is applied
     */
    public static Gateway start(UnaryOperator<GatewaySettings> more) {
        return start(more.apply(GatewaySettings.defaults()));
    }

    /**
     * Starts a gateway.
     *
     * @param settings how it listens and what it bounds
     * @return a gateway that answers 404 until a plan is applied
     * @throws IllegalStateException if the Netty on the class path is too old to be safe
     * @throws IllegalArgumentException if its certificate or key cannot be read
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public static Gateway start(GatewaySettings settings) {
        return new Gateway(settings);
    }

    /**
     * Binds a service that has no versions, in place of what was bound there before.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param uri {@code http://host:port} or {@code https://host:port}
     * @param more further addresses; they take turns
     */
    public void workload(String service, URI uri, URI... more) {
        workload(service, Workload.at(uri, more));
    }

    /**
     * Binds a service that has no versions, in place of what was bound there before.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param workload what runs it
     */
    public void workload(String service, Workload workload) {
        bind(service, Bindings.UNVERSIONED, workload);
    }

    /**
     * Binds one version of a service, in place of what was bound there before.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param version as a split or a route names it
     * @param uri {@code http://host:port} or {@code https://host:port}
     * @param more further addresses; they take turns
     */
    public void workload(String service, String version, URI uri, URI... more) {
        workload(service, version, Workload.at(uri, more));
    }

    /**
     * Binds one version of a service, in place of what was bound there before.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param version as a split or a route names it
     * @param workload what runs it
     */
    public void workload(String service, String version, Workload workload) {
        if (version.isBlank()) {
            throw new IllegalArgumentException(
                    "a version must have a name; leave it out to bind a service that has none");
        }
        bind(service, version, workload);
    }

    private synchronized void bind(String service, String version, Workload workload) {
        if (service.indexOf('.') <= 0 || service.endsWith(".")) {
            throw new IllegalArgumentException(
                    "a service is bound as 'name.namespace', for example 'orders.shop', but was '" + service + "'");
        }
        View now = view();
        server.engine().view(now.bind(now.bindings().with(service, version, workload.group())));
    }

    synchronized View view() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        return server.engine().view();
    }

    @Override
    public synchronized Plan plan(Collection<? extends Definition> definitions) {
        return planner.plan(view(), definitions);
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized Applied apply(Plan plan) {
        View now = view();
        List<Problem> obstacles = planner.obstacles(now, plan);
        if (!obstacles.isEmpty()) {
            throw new ProblemsException("the plan for " + plan.world(), obstacles);
        }
        if (!plan.isEmpty()) {
            swap(now.apply(plan.desired()));
        }
        return new Applied(plan, Undo.by(new GatewayWay(this, planner, now, view())));
    }

    /** Puts what is made of the view that decides in its place; nobody else changes it meanwhile. */
    synchronized void swap(UnaryOperator<View> next) {
        swap(next.apply(view()));
    }

    private void swap(View to) {
        server.engine().view(to);
        egress.reconsider();
    }

    /**
     * Where an API can be called.
     *
     * @param api its id, for example {@code orders.shop}
     * @return its first host with this gateway's port
     * @throws IllegalArgumentException if no such API is exposed; the message lists those that are
     */
    public URI uri(String api) {
        return URI.create(scheme() + "://" + exposed(api).entry().hosts().get(0) + ":" + port());
    }

    private ApiModel exposed(String api) {
        MeshModel model = server.engine().view().evaluator().model();
        return model.api(api)
                .orElseThrow(() -> new IllegalArgumentException("no API '" + api + "' is exposed; exposed are: "
                        + (model.apis().isEmpty()
                                ? "none"
                                : model.apis().stream().map(ApiModel::id).collect(Collectors.joining(", ")))));
    }

    /**
     * The port on which it listens.
     *
     * @return 1 to 65535
     */
    public int port() {
        return server.address().getPort();
    }

    private String scheme() {
        return settings.certificates == null ? "http" : "https";
    }

    /**
     * Decides a request as the data path would, and tells each step with the line of the definition behind it.
     *
     * @param request for example {@code RequestValue.of("GET", "http://orders.shop.localhost/orders/7")}
     * @return the decision with its trace; nothing is sent
     */
    public Explanation explain(Request request) {
        Draw draw = settings.draw;
        return server.engine().view().evaluator().explain(request, draw);
    }

    /**
     * Explains a request as people put it, with the line of the definition that decided and what would have to change for the
     * other answer.
     *
     * @param asked for example {@code get("/pay").from("frontend.shop").as("alice")}
     * @return the decision, its steps and its alternatives; nothing is sent, and nobody else is asked
     * @throws IllegalArgumentException if it is not clear which API is called; the message lists those that are exposed
     */
    public Explained explain(Asked asked) {
        return Explained.of(server.engine().view().evaluator(), asked, Draw.RANDOM);
    }

    /**
     * Lets {@code java.net.http} reach hosts below this gateway's domain, which no name server knows, and all hosts that are
     * exposed at the time, with this gateway as their proxy; other hosts are reached directly.
     *
     * @return to be given to {@code HttpClient.newBuilder().proxy(…)}; for Apache HttpClient 5 to {@code
     *     setRoutePlanner(new SystemDefaultRoutePlanner(…))}
     * @throws IllegalStateException if this gateway speaks TLS: a proxy for {@code https} needs CONNECT, which it refuses
     */
    public ProxySelector proxySelector() {
        if (settings.certificates != null) {
            throw new IllegalStateException("a gateway that speaks TLS cannot be a proxy; connect to port " + port()
                    + " and send the host's name by SNI and Host");
        }
        String below = "." + settings.world.domain();
        return new GatewayProxySelector(
                "http",
                host -> host.endsWith(below)
                        || server.engine().view().evaluator().exposes(host),
                server.address());
    }

    /**
     * The identity of a workload, with which it calls services by their names inside, and exposed hosts. With the first one
     * the gateway begins to listen for workloads, unless the settings have said so already.
     *
     * @param workload {@code name.namespace}, for example {@code frontend.shop}
     * @return a fresh one each time, with a key of its own
     * @throws IllegalArgumentException if that is not {@code name.namespace}
     * @throws java.io.UncheckedIOException if no port is free
     */
    public synchronized GatewayIdentity identity(String workload) {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        return GatewayIdentity.of(workload, inside(), settings.world.domain());
    }

    Inside inside() {
        return server.inside();
    }

    /**
     * Opens the way out for an application: a forward proxy of its own, by the egress rules that were applied.
     *
     * @param application {@code name.namespace}, for example {@code payments.shop}
     * @return the proxy; it closes with the gateway at the latest
     */
    public EgressProxy egress(String application) {
        return egress(application, settings -> settings);
    }

    /**
     * Opens the way out for an application, with settings made from the default ones.
     *
     * @param application {@code name.namespace}, for example {@code payments.shop}
     * @param more for example {@code s -> s.maxConnections(50)}
     * @return the proxy; it closes with the gateway at the latest
     * @throws java.io.UncheckedIOException if no port is free
     */
    public synchronized EgressProxy egress(String application, UnaryOperator<EgressSettings> more) {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        return egress.open(application, more.apply(EgressSettings.defaults()));
    }

    /**
     * What has been served since the start.
     *
     * @return the counters at this moment
     */
    public GatewayStats stats() {
        return GatewayStats.of(server.engine().counters(), server.engine().view());
    }

    /**
     * The workloads that an API's calls can go to, as they are now.
     *
     * @param api its id, for example {@code orders.shop}
     * @return by version, each in the order in which they were bound
     * @throws IllegalArgumentException if no such API is exposed; the message lists those that are
     */
    public List<GatewayHost> hosts(String api) {
        List<Group.Seen> seen = server.engine().view().seen(exposed(api).id());
        return seen == null ? List.of() : seen.stream().map(GatewayHost::of).toList();
    }

    /**
     * What was measured of the calls to named versions in the last hour: {@link Question#ERROR_RATE} and {@link
     * Question#LATENCY}. A call counts once, when it has ended, as its caller saw it: after retries. An error is an answer of
     * 500 to 599, or none; what the caller broke off does not count, nor do faults made on purpose. The time of a call is from
     * its request being whole to the end of its answer; calls that were refused at once have none. Windows are exact to a
     * second up to a minute, and to a minute beyond that; what came before a window is never counted to it.
     *
     * @return answers at once; what cannot be answered is {@link Reading.Nothing} with the reason
     */
    public Metrics metrics() {
        return question -> CompletableFuture.completedFuture(
                server.engine().view().meters().read(question));
    }

    /**
     * The requests that were answered.
     *
     * @return the journal
     * @throws IllegalStateException if the settings ask for none
     */
    public GatewayJournal journal() {
        if (journal == null) {
            throw new IllegalStateException(this
                    + " keeps no journal; say how many requests it is to keep: Gateway.start(s -> s.journal(1000))");
        }
        return journal;
    }

    /**
     * Notes what is exposed and what is bound. Restoring brings that back, forgets the keys of issuers, what guards, meters and
     * counters have counted and which workloads were out, and empties the journal.
     *
     * @return this moment
     */
    public synchronized Checkpoint checkpoint() {
        View noted = view();
        return () -> restore(noted);
    }

    private synchronized void restore(View noted) {
        server.engine().view(view().back(noted));
        egress.reconsider();
        server.engine().counters().reset();
        if (journal != null) {
            journal.clear();
        }
    }

    /**
     * Stops: nobody is accepted any more, requests that are under way end within the time to stop, the rest is broken off.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            egress.close();
            server.stop(settings.stop.toNanos());
        }
    }

    @Override
    public String toString() {
        return "gateway " + scheme() + "://*." + settings.world.domain() + ":" + port();
    }
}
