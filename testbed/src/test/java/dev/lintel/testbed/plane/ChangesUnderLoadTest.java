package dev.lintel.testbed.plane;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.DirectoryTarget;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ten changes in a row while everything is asked all the time, from outside and from inside: each answer is one that a model of
 * its time gives, and no other than the last one once an apply has returned. {@code benchmarks/run changes} asks more, and does the same by kubectl.
 */
@RealMesh
@Isolated("it takes all that the machine has")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ChangesUnderLoadTest {
    private static final String REQUESTS = "lintel.changes.requests";
    private static final List<String> VERSIONS = List.of("v1", "v2", "v3");

    private final Plane plane;
    private final Namespace namespace;

    ChangesUnderLoadTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void everyAnswerIsThatOfTheOldOrTheNewModel() {
        Load load = changed("ours", true, change -> {
            try (KubernetesClient client = Clients.of(plane.cluster())) {
                Mesh mesh = Mesh.of(
                        istio().domain("example.com"),
                        ClusterTarget.cluster(client)
                                .inventory(namespace.name())
                                .waiting(Waits.usual().asking(plane.cluster().monitoring())));
                mesh.apply(mesh.plan(change.definitions()).allowWidening("the test says so"));
            }
        });

        assertThat(load.wrong()).isEmpty();
        assertThat(load.requests()).isGreaterThan(load.models());
    }

    /** Nothing is wanted of it: it tells what the order of writes is worth. */
    @Test
    @EnabledIfSystemProperty(named = REQUESTS, matches = "\\d+")
    void theSameByKubectl(@TempDir Path folder) {
        Mesh files = Mesh.of(istio().domain("example.com"), DirectoryTarget.directory(folder));
        List<Manifest> there = new ArrayList<>();
        Load load = changed("kubectl", false, change -> {
            var plan = files.plan(change.definitions()).allowWidening("the test says so");
            List<Manifest> wanted = files.manifests(plan);
            files.apply(plan);
            plane.cluster().kubectl(List.of("apply", "--server-side", "--recursive", "--filename=" + folder));
            there.stream()
                    .filter(each ->
                            wanted.stream().noneMatch(other -> other.id().equals(each.id())))
                    .forEach(each -> plane.cluster()
                            .kubectl(List.of("delete", "--namespace=" + each.namespace(), each.kind(), each.name())));
            there.clear();
            there.addAll(wanted);
        });

        assertThat(load.requests()).isGreaterThan(load.models());
    }

    /** Of who waits until a change is in force, no answer of the model before is taken once that has returned. */
    private Load changed(String how, boolean waits, Consumer<Change> apply) {
        int wanted = Integer.getInteger(REQUESTS, 0);
        List<Running> running = new ArrayList<>();
        try (AuthorizationServer issuer = AuthorizationServer.start()) {
            VERSIONS.forEach(version -> running.add(plane.add(Workload.of(namespace.name(), Change.ORDERS, version))));
            running.add(plane.add(Workload.of(namespace.name(), Change.STOCK, "s1")));
            Running listed = plane.add(Workload.of(namespace.name(), Change.LISTED, "v1"));
            Running other = plane.add(Workload.of(namespace.name(), "other", "v1"));
            running.addAll(List.of(listed, other));
            plane.service(namespace, Change.ORDERS);
            plane.service(namespace, Change.STOCK);
            List<Change> changes = Change.all(namespace.name(), issuer.issuer().toString());
            List<Asked> asked = asked(issuer, List.of(listed, other));
            apply.accept(changes.get(0));
            Load load = new Load(
                    asked, changes.stream().map(ChangesUnderLoadTest::model).toList());
            plane.await(
                    "the beginning",
                    () -> asked.stream()
                            .allMatch(each -> each.answers(model(changes.get(0)))
                                    .contains(Asked.answer(each.from().send(each.call())))));
            load.start();
            try (load) {
                for (int i = 1; i < changes.size(); i++) {
                    int least = wanted / (changes.size() - 1) * i;
                    load.changing();
                    long begun = System.nanoTime();
                    apply.accept(changes.get(i));
                    long applied = System.nanoTime();
                    if (waits) {
                        load.changed();
                    }
                    plane.await(changes.get(i).what(), load::isCalm);
                    System.out.printf(
                            "%s, %s: %.1f s, the last answer of before %.1f s after it, %d requests, %d wrong%n",
                            how,
                            changes.get(i).what(),
                            (applied - begun) / 1e9,
                            Math.max(0, load.lastOld() - applied) / 1e9,
                            load.requests(),
                            load.wrong().values().stream().mapToInt(x -> x).sum());
                    plane.await("requests", () -> load.requests() >= least);
                }
            }
            load.wrong().forEach((what, count) -> System.out.printf("%s: %6d %s%n", how, count, what));
            return load;
        } finally {
            running.forEach(Running::close);
        }
    }

    private static Evaluator model(Change change) {
        return Evaluator.of(new ModelCompiler(Kinds.installed())
                .compile(change.definitions(), istio().domain("example.com").world())
                .model());
    }

    private List<Asked> asked(AuthorizationServer issuer, List<Running> inside) {
        List<Asked> all = new ArrayList<>();
        for (String host : List.of(Change.ORDERS, "shop", Change.STOCK)) {
            for (String path : List.of("/orders/7", "/orders/internal/7", "/health")) {
                for (String scope : List.of("", "orders.read", "orders.write")) {
                    all.add(entering(issuer, host + "." + namespace + ".example.com", path, scope));
                }
            }
        }
        String service = Change.ORDERS + "." + namespace + ".svc.cluster.local";
        for (Running from : inside) {
            for (String path : List.of("/orders/7", "/health")) {
                all.add(new Asked(
                        from.workload().account() + " " + path,
                        from.caller(),
                        Call.get(service + ":80", service, path),
                        RequestValue.of("GET", service, path, null)
                                .inMesh()
                                .caller(new dev.lintel.core.evaluate.Caller.Workload(
                                        dev.lintel.core.evaluate.Caller.Workload.CLUSTER_LOCAL,
                                        namespace.name(),
                                        from.workload().account())),
                        VERSIONS));
            }
        }
        return all;
    }

    private Asked entering(AuthorizationServer issuer, String host, String path, String scope) {
        Call call = Call.get(plane.ingress() + ":80", host, path);
        RequestValue value = RequestValue.of("GET", host, path, null);
        return new Asked(
                host + path + " " + scope,
                plane.outside(),
                scope.isEmpty() ? call : call.with("authorization", "Bearer " + issuer.issue("alice", "orders", scope)),
                scope.isEmpty()
                        ? value
                        : value.token(Token.Verified.of(issuer.issuer().toString(), "alice", "orders", scope)),
                host.startsWith(Change.STOCK) ? List.of("s1") : VERSIONS);
    }
}
