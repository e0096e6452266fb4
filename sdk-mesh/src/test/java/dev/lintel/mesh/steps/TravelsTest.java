package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How calls travel by routes of Envoy Gateway while those change. */
class TravelsTest {
    private static final String TOLD = "steps.gap BackendTrafficPolicy shop/orders: some requests to orders.example,"
            + " orders.shop that both the old and the new state let through are called with the tries, limits and faults of"
            + " the other state for a moment: a policy names whole routes, and both change";

    @Test
    void aPolicyIsForRoutesThatGoAsLongAsTheyLead() {
        Steps steps = Steps.between(
                ManifestYaml.read(route("orders", "/a") + route("more", "/b") + policy(2, "orders", "more")),
                ManifestYaml.read(route("orders", "/a") + policy(2, "orders")));

        assertThat(steps.steps()).extracting(Step::why).containsExactly("lead", "clear");
        assertThat(told(steps)).isEmpty();
    }

    @Test
    void itIsForThoseThatComeAndThoseThatGo() {
        Steps steps = Steps.between(
                ManifestYaml.read(route("old", "/a") + policy(2, "old")),
                ManifestYaml.read(route("new", "/a") + policy(3, "new")));

        assertThat(steps.steps().get(0).manifests().get(0).spec().toString())
                .contains("numRetries=3")
                .contains("name=new")
                .contains("name=old");
    }

    @Test
    void routesThatChangeWithItAreTold() {
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a") + policy(2, "orders")),
                        ManifestYaml.read(route("orders", "/b") + policy(3, "orders")))))
                .containsExactly(TOLD);
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a")),
                        ManifestYaml.read(route("orders", "/b") + policy(3, "orders")))))
                .containsExactly(TOLD);
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a") + policy(2, "orders")),
                        ManifestYaml.read(route("orders", "/b")))))
                .containsExactly(TOLD);
    }

    @Test
    void oneOfTheTwoAloneIsNot() {
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a") + policy(2, "orders")),
                        ManifestYaml.read(route("orders", "/a") + policy(3, "orders")))))
                .isEmpty();
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a") + policy(2, "orders")),
                        ManifestYaml.read(route("orders", "/b") + policy(2, "orders")))))
                .isEmpty();
        assertThat(told(Steps.between(
                        ManifestYaml.read(route("orders", "/a") + route("more", "/b") + policy(2, "orders")),
                        ManifestYaml.read(route("orders", "/a") + route("more", "/c") + policy(3, "orders")))))
                .isEmpty();
    }

    private static List<String> told(Steps steps) {
        return steps.gaps().stream()
                .map(Gap::problem)
                .filter(problem -> problem.path().startsWith("BackendTrafficPolicy"))
                .map(TravelsTest::line)
                .toList();
    }

    private static String line(Problem problem) {
        return problem.code() + " " + problem.path() + ": " + problem.message();
    }

    private static String route(String name, String path) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: orders}}
                spec: {hostnames: [orders.example], rules: [{matches: [{path: {value: %s}}]}]}
                """.formatted(name, path);
    }

    private static String policy(int tries, String... routes) {
        StringBuilder targets = new StringBuilder();
        for (String route : routes) {
            targets.append("{group: gateway.networking.k8s.io, kind: HTTPRoute, name: ")
                    .append(route)
                    .append("},");
        }
        return """
                ---
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: BackendTrafficPolicy
                metadata: {name: orders, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: orders}}
                spec: {targetRefs: [%s], retry: {numRetries: %d}}
                """.formatted(targets, tries);
    }
}
