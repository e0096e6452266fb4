package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What does not tell what is meant is refused at the route that leaves it open. */
class UntoldTest {
    private static final String DIVIDED = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: store, namespace: shop, labels: {lintel.dev/api: store}}
            spec:
              parentRefs: [{name: lintel, namespace: gateways}]
              hostnames: [store.shop.example.com]
              rules:
              - matches: [{path: {type: PathPrefix, value: /}, headers: [{name: x-canary, value: always}]}]
                backendRefs: [{name: store-v2, port: 80}]
              - backendRefs: [{name: store-v1, port: 80, weight: 9}, {name: store-v2, port: 80, weight: 1}]
            """;

    @Test
    void waysThatAreSharedOtherwiseAreRefusedAtTheRouteThatLeavesThemOpen() {
        Origin whole = Origin.at("Shop.java", 3);
        Origin named = Origin.at("Shop.java", 5);
        Origin open = Origin.at("Shop.java", 7);
        List<Route> routes = List.of(
                new Route(new Match(Endpoint.any(), Map.of("x-a", "1"), Map.of()), "v1", null, named),
                new Route(new Match(Endpoint.any(), Map.of("x-b", "1"), Map.of()), null, null, open),
                new Route(Match.any(), null, null, whole));
        Entry entry =
                new Entry(List.of("store.shop.example.com"), Access.OPEN, routes, List.of(), HeaderChanges.NONE, false);
        Service service = new Service("store", 80, Map.of("app", "store"), List.of(), null, null, null);
        MeshModel model = new MeshModel(List.of(new ApiModel("store", "shop", entry, service, List.of(), whole)));

        List<Problem> found =
                new Untold(GatewayApiWorld.dialect(Extension.ISTIO), model).find(ManifestYaml.read(DIVIDED));

        assertThat(found)
                .filteredOn(problem -> problem.code().equals("gateway-api.untold-ways"))
                .isNotEmpty()
                .allSatisfy(problem -> {
                    assertThat(problem.path()).isEqualTo("store.shop");
                    assertThat(problem.hint()).startsWith("name the version to which each route by header");
                    assertThat(problem.origin()).isEqualTo(open);
                });
        assertThat(found)
                .filteredOn(problem -> problem.code().equals("gateway-api.untold"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.origin()).isEqualTo(whole));
    }
}
