package dev.lintel.testbed.parity;

import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.InForce;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.plane.Authorizer;
import dev.lintel.testbed.plane.Origin;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.Running;
import dev.lintel.testbed.plane.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Namespaces, workloads, issuers and a gateway of this JVM, for cases that are asked of all worlds. */
final class Bed implements AutoCloseable {
    private static final long SEED = 20_261;

    private final Plane plane;
    private final AuthorizationServer trusted = AuthorizationServer.start();
    private final AuthorizationServer other = AuthorizationServer.start();
    private final TokenSpec.Issuers issuers = new TokenSpec.Issuers(trusted, other);
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, Running> workloads = new ConcurrentHashMap<>();
    private final Map<String, URI> local;
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private @Nullable Decider decider;
    private final EmbeddedWorld embedded;
    private final String inventory;

    Bed(Plane plane) {
        this.plane = plane;
        for (String name : List.of("one", "two", "three", "four")) {
            values.put(name, plane.cluster().namespace());
        }
        values.put("issuer", trusted.issuer().toString());
        values.put("authorizer", Authorizer.SHARED.address());
        this.inventory = String.valueOf(values.get("one"));
        this.local = Map.of("v1", plane.local("v1"), "v2", plane.local("v2"));
        this.embedded = new EmbeddedWorld(plane, issuers, origins);
    }

    /** What stands for {@code $names} in case files. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Starts workloads, each {@code app.namespace version}, unless they run. */
    void start(Collection<String> names) {
        names.stream().distinct().filter(name -> !workloads.containsKey(name)).toList().parallelStream()
                .forEach(name -> {
                    String[] parts = name.split("[. ]");
                    workloads.put(name, plane.add(Workload.of(parts[1], parts[0], parts[2])));
                });
        List.copyOf(workloads.entrySet())
                .forEach(one -> workloads.putIfAbsent(
                        one.getKey().substring(0, Math.max(0, one.getKey().indexOf(' '))), one.getValue()));
    }

    /** Starts an external authorizer; there is one in a mesh, so that one bed alone may have it. */
    void decide() {
        decider = Decider.start(plane);
    }

    /** Starts servers outside. */
    void open(Collection<String> hosts) {
        hosts.forEach(host -> origins.put(host, plane.origin(host)));
    }

    /** How many requests have reached a server outside. */
    int seen(String host) {
        return Objects.requireNonNull(origins.get(host), host).seen();
    }

    /** Puts definitions into force in all worlds. */
    Worlds apply(List<Definition> definitions) {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(definitions, new World("example.com"))
                .model();
        for (ApiModel api : model.apis()) {
            plane.service(
                    new Namespace(api.namespace()),
                    api.service().name(),
                    String.valueOf(api.service().labels().get("app")));
        }
        DefinitionFormat form = DefinitionFormat.yaml();
        String text = form.write(definitions);
        embedded.apply(form.readAll(decider == null ? text : decider.here(text), "cases"), local);
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(client).inventory(inventory));
            Plan plan = mesh.plan(definitions);
            var unusedApplied = mesh.apply(plan.allowWidening("the cases say so"));
            InForce read = mesh.inForce();
            String issuer = trusted.issuer().toString();
            DecidedWorld decided = new DecidedWorld(Evaluator.of(model), draw(), issuer);
            DecidedWorld objects = new DecidedWorld(
                    Evaluator.of(read.model(), IstioDialect.STATUSES, InstantSource.system()), draw(), issuer);
            MeshWorld envoys = new MeshWorld(plane, workloads, issuers, origins);
            return new Worlds(
                    plane,
                    plan,
                    decided,
                    new Spread(new Marks(
                            plane,
                            embedded,
                            counting(version -> new Marks.Service(
                                    plane.outside(), local.get(version).getAuthority())))),
                    new Spread(new Marks(
                            plane,
                            envoys,
                            counting(version -> new Marks.Service(
                                    workloads
                                            .get("echo." + values.get("one") + " " + version)
                                            .caller(),
                                    "127.0.0.1:" + Workload.PORT)))),
                    objects,
                    Map.of("evaluator", decided, "embedded gateway", embedded, Worlds.MESH, envoys, "reader", objects));
        }
    }

    /** What definitions mean, with the statuses of a mesh. */
    Asked likeMesh(List<Definition> definitions) {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(definitions, new World("example.com"))
                .model();
        return new DecidedWorld(
                Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system()),
                draw(),
                trusted.issuer().toString());
    }

    private static Map<String, Marks.Service> counting(Function<String, Marks.Service> service) {
        return Map.of("v1", service.apply("v1"), "v2", service.apply("v2"));
    }

    private static Draw draw() {
        return new Random(SEED)::nextInt;
    }

    @Override
    public void close() {
        embedded.close();
        if (decider != null) {
            decider.close();
        }
        origins.values().forEach(Origin::close);
        workloads.values().stream().distinct().forEach(Running::close);
        trusted.close();
        other.close();
    }
}
