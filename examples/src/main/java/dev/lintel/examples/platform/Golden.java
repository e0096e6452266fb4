package dev.lintel.examples.platform;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.auth.caller.Callers.callersIn;
import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.caller.Callers;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.DirectoryTarget;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A service on the golden path: its team says name, callers and what is open; everything else is decided here, once. */
record Golden(String name, String owner, Callers inside, List<String> openPaths) {
    static Golden service(String name, String team) {
        return new Golden(name, team, callersIn(team), List.of());
    }

    Golden calledBy(String... workloads) {
        return new Golden(name, owner, callers(workloads), openPaths);
    }

    Golden open(String... paths) {
        return new Golden(name, owner, inside, List.of(paths));
    }

    /** A token with the service's scope; from inside its callers alone; no call without an end, no sick pod in the way. */
    Definition define() {
        OAuth2 access = oauth2("https://id.example").audience(name).scope("/**", name + ".use");
        return Api.expose(name)
                .inNamespace(owner)
                .withOAuth2(openPaths.isEmpty() ? access : access.publicPaths(openPaths.toArray(String[]::new)))
                .onlyFrom(inside.orEntering())
                .timeout(Duration.ofSeconds(5))
                .retry(2)
                .breaker(b -> b.consecutive5xx(5))
                .define();
    }

    /** All services, and a boundary around each team, which the services of others do not cross. */
    static List<Definition> all(Golden... services) {
        Stream<String> teams = Stream.of(services).map(Golden::owner).distinct();
        return Stream.concat(Stream.of(services).map(Golden::define), teams.map(Golden::boundary))
                .toList();
    }

    private static Definition boundary(String team) {
        return Api.isolate(team).define();
    }

    /** As a pipeline runs it: "cluster" goes to the cluster of the kubeconfig, anything else is a directory for GitOps. */
    public static void main(String... place) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    place[0].equals("cluster")
                            ? ClusterTarget.cluster(client).inventory("golden")
                            : DirectoryTarget.directory(Path.of(place[0])));
            Plan plan = mesh.plan(all(
                    service("orders", "shop").calledBy("web").open("/orders/help"),
                    service("web", "shop").open("/assets/**"),
                    service("invoices", "billing")));
            System.out.println(plan);
            mesh.apply(plan);
        }
    }
}
