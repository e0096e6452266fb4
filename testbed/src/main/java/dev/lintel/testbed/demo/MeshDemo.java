package dev.lintel.testbed.demo;

import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.PlanePrograms;
import dev.lintel.testbed.plane.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Starts a mesh of real Envoys on this machine, applies a definition to it, asks through the gateway, lets an instance fail,
 * takes a change back, and ends everything.
 *
 * <p>Run it as root with {@code mvn -q -Pdemo -pl testbed -am compile exec:java}. It needs Go, pip and iptables, some minutes
 * once programs are built, and ends with 1 if something was not as it should be, and with 3 where it cannot run.
 */
public final class MeshDemo {
    private static final int CANNOT = 3;

    private MeshDemo() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Steps steps = new Steps(out, InstantSource.system());
        steps.begin("looking for the programs of a mesh, which are built the first time: about twenty minutes");
        Optional<String> obstacle = PlanePrograms.obstacle();
        Optional<Programs> control = obstacle.isPresent() ? Optional.empty() : Programs.find();
        Optional<PlanePrograms> programs = control.isEmpty() ? Optional.empty() : PlanePrograms.find();
        if (programs.isEmpty()) {
            out.println("cannot be shown here: " + obstacle.orElse("there is no Go to build them with, or no pip"));
            System.exit(CANNOT);
        }
        steps.begin("a control plane starts: etcd, kube-apiserver, istiod");
        try (Plane plane = Plane.start(control.orElseThrow(), programs.orElseThrow(), Plane.MESH);
                AuthorizationServer issuer = AuthorizationServer.start();
                KubernetesClient client = Clients.of(plane.cluster())) {
            show(steps, plane, issuer, client);
            steps.begin("all of it ends");
        }
        steps.begin(steps.wrong() == 0 ? "done: all was as the definition says" : "done: WRONG " + steps.wrong());
        System.exit(steps.wrong() == 0 ? 0 : 1);
    }

    private static void show(Steps steps, Plane plane, AuthorizationServer issuer, KubernetesClient client) {
        steps.begin("a gateway starts, and three workloads with sidecars: two instances of v1, one of v2");
        var unusedGateway = plane.gateway(Workload.ingressGateway());
        Orders.WORKLOADS.forEach(each -> {
            var unusedRunning = plane.add(each);
        });
        plane.service(new Namespace(Orders.NAMESPACE), "orders");
        Orders orders = new Orders(plane, issuer);
        Mesh mesh = Mesh.of(
                istio().domain("example.com"),
                ClusterTarget.cluster(client).inventory("demo").onProgress(steps::tell));

        Plan plan = mesh.plan(orders.defined());
        steps.begin("the plan for: " + Orders.SOURCE);
        steps.tell(plan.summary(false));
        steps.tell(
                "of the issuer it warns as of every loopback address; here istiod runs on this machine, and gets the keys");
        steps.begin("it is applied");
        var unusedApplied = mesh.apply(plan);
        orders.untilInForce();
        steps.begin("requests through the gateway");
        orders.asked(steps);
        steps.begin("a hundred requests are shared by weight");
        orders.shared(steps);
        steps.begin("one instance of v1 answers 503");
        orders.ejected(steps);

        steps.begin("a change that opens an order is refused until somebody says why");
        Plan wider = mesh.plan(orders.opened());
        wider.effects().forEach(effect -> steps.tell(effect.text()));
        steps.check("the plan widens access", wider.widens(), true);
        Applied opened = mesh.apply(wider.allowWidening("shown to a newcomer"));
        orders.untilOpen();
        steps.check("GET /orders/7 without a token", orders.without(), 200);
        steps.begin("it is taken back");
        var unusedUndone = opened.rollback();
        orders.untilClosed();
        steps.check("GET /orders/7 without a token", orders.without(), 403);
    }
}
