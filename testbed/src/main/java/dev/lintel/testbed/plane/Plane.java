package dev.lintel.testbed.plane;

import dev.lintel.testbed.Cluster;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import dev.lintel.testbed.Spawned;
import dev.lintel.testbed.Waiting;
import dev.lintel.testbed.Xds;
import dev.lintel.testkit.Certificates;
import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mesh on one machine: a control plane, and workloads with real sidecars and gateways in networks of their own.
 *
 * <p>Traffic stays between them and this machine. Everything ends with this process, however it ends.
 */
public final class Plane implements AutoCloseable {
    /** Without it a path that is spelled otherwise gets around what is said of it, and every plan says so. */
    public static final String MESH = "pathNormalization: {normalization: DECODE_AND_MERGE_SLASHES}\n";

    private static final int USER = 1000;
    private static final String APP = "127.0.0.1:" + Workload.PORT + "/";
    private static final String READABLE = "rwxr-xr-x";

    private final PlanePrograms programs;
    private final Path folder;
    private final Network network;
    private final Cluster cluster;
    private final Xds xds;
    private final Caller outside;
    private final Names names;
    private final Deque<Running> running = new ConcurrentLinkedDeque<>();
    private final Deque<Spawned> local = new ConcurrentLinkedDeque<>();
    private final Ports ports = new Ports(new Random());
    private final Deque<Origin> origins = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Running ingress;

    private Plane(PlanePrograms programs, Path folder, Network network, Cluster cluster, Xds xds) {
        this.names = Names.start(network.machine());
        this.programs = programs;
        this.folder = folder;
        this.network = network;
        this.cluster = cluster;
        this.xds = xds;
        this.outside = Caller.start(
                List.of(programs.folder().resolve("workload").toString(), "call"), folder.resolve("outside.log"));
    }

    /**
     * Starts one without workloads; takes some seconds, and needs root.
     *
     * @param control the programs of the control plane
     * @param programs those of the data plane
     * @param mesh more lines of the mesh config, in YAML
     * @return the data plane, with a cluster of its own
     */
    public static Plane start(Programs control, PlanePrograms programs, String mesh) {
        try {
            Path folder = Files.createTempDirectory("lintel-plane-");
            Files.createDirectories(folder.resolve("log"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(READABLE));
            Network network = Network.create(folder.resolve("hub"), programs.folder());
            Xds xds = new Xds(network.machine(), mesh);
            try {
                return new Plane(programs, folder, network, Cluster.start(control, Optional.of(xds)), xds);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The control plane. */
    public Cluster cluster() {
        return cluster;
    }

    /** A client of this machine, outside the mesh. */
    public Caller outside() {
        return outside;
    }

    /** The address of this machine, as workloads see it. */
    public String machine() {
        return network.machine();
    }

    /**
     * Starts a workload, and waits until it and its sidecar are ready.
     *
     * @param workload what is started
     * @return the workload; ended with the data plane at the latest
     */
    public Running add(Workload workload) {
        cluster.namespace(workload.namespace());
        Sandbox sandbox = sandbox(workload);
        String address = network.plug(sandbox);
        List<Spawned> started = new ArrayList<>();
        started.add(sandbox.start(
                "app",
                USER,
                Map.of(),
                List.of(Sandbox.PROGRAMS + "/workload", "serve", ":" + Workload.PORT, workload.version())));
        return register(workload, sandbox, address, started, workload.sidecar() ? "sidecar" : "", APP);
    }

    /**
     * Starts a program of this machine in place of the service of the test bed, with a sidecar, and waits until it is ready.
     *
     * @param workload what it is
     * @param command what runs, by root in its network: it listens at {@link Workload#PORT}
     * @param ready path and port, as {@code 127.0.0.1:8081/ready}, that are answered 200 when it is ready
     * @return the workload; ended with the data plane at the latest
     */
    public Running add(Workload workload, List<String> command, String ready) {
        cluster.namespace(workload.namespace());
        Sandbox sandbox = sandbox(workload);
        String address = network.plug(sandbox);
        List<Spawned> started = new ArrayList<>();
        started.add(sandbox.start("app", 0, Map.of(), command));
        return register(workload, sandbox, address, started, "sidecar", ready);
    }

    /**
     * Starts the program of the workloads on this machine, outside the mesh, and waits until it answers.
     *
     * @param version what it says of itself
     * @return where it listens, on the loopback; ended with the data plane at the latest
     */
    public URI local(String version) {
        int port = ports.next();
        String address = "127.0.0.1:" + port;
        Spawned program = Spawned.start(
                "local-" + version + "-" + port,
                folder,
                Map.of(),
                List.of(programs.folder().resolve("workload").toString(), "serve", address, version));
        local.push(program);
        Waiting.until("the local " + version, program, () -> ready(outside, address, "/"));
        return URI.create("http://" + address);
    }

    /**
     * Starts a gateway, and waits until it is ready. It listens where the Gateways that select it say.
     *
     * @param gateway its Pod; its account may read the secrets of its namespace
     * @return the gateway; ended with the data plane at the latest
     */
    public Running gateway(Workload gateway) {
        cluster.namespace(gateway.namespace());
        SecretReader.bind(cluster.client(), gateway.namespace(), gateway.account());
        Sandbox sandbox = sandbox(gateway);
        String address = network.plug(sandbox);
        Running started = register(gateway, sandbox, address, new ArrayList<>(), "router", APP);
        if (ingress == null) {
            ingress = started;
        }
        return started;
    }

    /** The gateway that was started first. */
    public Running ingressGateway() {
        return Objects.requireNonNull(ingress, "no gateway was started");
    }

    /** The address of the gateway that was started first. */
    public String ingress() {
        return ingressGateway().address();
    }

    /**
     * Starts a server outside the mesh, and waits until it answers. Nobody registers it; its name can be looked up.
     *
     * @param host its name, of which nobody else makes one
     * @return the server, with a certificate for which nobody vouches but itself; ended with the data plane at the latest
     */
    public Origin origin(String host) {
        Certificates papers = Certificates.named(host, "dns:" + host);
        Sandbox sandbox = Sandbox.open(host, folder.resolve(host), programs.folder(), network.resolver("outside"));
        String address = network.plug(sandbox);
        names.put(host, address);
        try {
            Path certificate = Files.writeString(sandbox.folder().resolve("certificate"), papers.pem());
            Path key = Files.createFile(
                    sandbox.folder().resolve("key"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, papers.key());
            Sandbox.runHere(List.of("chown", USER + ":" + USER, key.toString(), certificate.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String program = Sandbox.PROGRAMS + "/workload";
        Spawned plain = sandbox.start("plain", USER, Map.of(), List.of(program, "serve", ":80", "plain"));
        Spawned secure = sandbox.start(
                "secure", USER, Map.of(), List.of(program, "serve", ":443", "secure", "certificate", "key"));
        Caller caller = Caller.start(
                sandbox.inside(USER, List.of(program, "call")),
                sandbox.folder().resolve("log").resolve("caller.log"));
        Origin origin = new Origin(host, address, papers, sandbox, caller, List.of(plain, secure));
        origins.push(origin);
        Waiting.until(host, secure, origin::isReady);
        return origin;
    }

    /** How a name outside is looked up; empty for one that nobody has. */
    public Optional<InetAddress> find(String host) {
        return names.find(host);
    }

    /**
     * Waits, two minutes at most: nothing tells when a change is in force at all proxies.
     *
     * @param what is waited for
     * @param holds asked again and again
     */
    public void await(String what, BooleanSupplier holds) {
        Waiting.until(what, cluster.istiod(), holds);
    }

    /**
     * Makes a Service for the workloads of an application: its port 80 is theirs.
     *
     * @param namespace where
     * @param app the label {@code app} of its workloads, and its name
     */
    public void service(Namespace namespace, String app) {
        service(namespace, app, app);
    }

    /**
     * Makes a Service for the workloads of an application: its port 80 is theirs.
     *
     * @param namespace where
     * @param name of the Service
     * @param app the label {@code app} of its workloads
     */
    public void service(Namespace namespace, String name, String app) {
        cluster.client().apply("/api/v1/namespaces/" + namespace + "/services/" + name, """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%1$s"}, "spec": {"selector": {"app": "%2$s"},
                 "ports": [{"name": "http", "port": 80, "targetPort": %3$d}]}}
                """.formatted(
                        name, app, Workload.PORT));
    }

    /** Lets workloads of a namespace be called by mutual TLS alone. */
    public void strict(Namespace namespace) {
        String path = "/apis/security.istio.io/v1/namespaces/" + namespace + "/peerauthentications/default";
        cluster.client().apply(path, """
                {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": {"name": "default"},
                 "spec": {"mtls": {"mode": "STRICT"}}}
                """);
    }

    private Sandbox sandbox(Workload workload) {
        return Sandbox.open(
                workload.name(),
                folder.resolve(workload.namespace() + "." + workload.name()),
                programs.folder(),
                network.resolver(workload.namespace()));
    }

    private Running register(
            Workload workload, Sandbox sandbox, String address, List<Spawned> started, String type, String app) {
        Caller caller = Caller.start(
                sandbox.inside(
                        type.equals("router") ? Agent.USER : USER, List.of(Sandbox.PROGRAMS + "/workload", "call")),
                sandbox.folder().resolve("log").resolve("caller.log"));
        Pods pods = new Pods(cluster.client());
        Running one = new Running(workload, address, sandbox, caller, started, pods);
        running.push(one);
        pods.add(workload, address);
        if (!type.isEmpty()) {
            Spawned agent = Agent.start(cluster, sandbox, type, workload, address, xds.discovery());
            started.add(agent);
            Waiting.until("the proxy of " + workload.name(), agent, () -> ready(caller, Agent.READY, "/healthz/ready"));
        }
        if (!type.equals("router")) {
            // The loopback is not caught by the sidecar.
            int path = app.indexOf('/');
            Waiting.until(
                    workload.name(), started.get(0), () -> ready(caller, app.substring(0, path), app.substring(path)));
        }
        return one;
    }

    private static boolean ready(Caller caller, String address, String target) {
        return caller.send(Call.get(address, "localhost", target)).status() == 200;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
        while (!local.isEmpty()) {
            local.pop().close();
        }
        ports.close();
        while (!origins.isEmpty()) {
            origins.pop().close();
        }
        outside.close();
        cluster.close();
        names.close();
        network.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
