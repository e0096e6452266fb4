package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.istio.Comparison;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What nobody may call stays closed where no issuer is named, so that no token is judged. */
class NoIssuerTest {
    private static final GatewayApiDialect DIALECT = GatewayApiWorld.dialect(Extension.ENVOY_GATEWAY);

    private static ApiModel orders() {
        Access access = new Access(
                List.of(),
                List.of(),
                List.of(
                        new AccessRule(Endpoint.parse("/internal/**"), Requirement.DENIED, null),
                        new AccessRule(Endpoint.any(), Requirement.PUBLIC, null)));
        Entry entry = new Entry(
                List.of("orders.shop.example.com"),
                access,
                List.of(new Route(Match.any(), null, null)),
                List.of(),
                HeaderChanges.NONE,
                false);
        Service service = new Service("orders", 80, Map.of("app", "orders"), List.of(), null, null, null);
        return new ApiModel("orders", "shop", entry, service, List.of(), null);
    }

    @Test
    void aDeniedPathIsClosedAndTheOthersAreOpen() {
        MeshModel model = new MeshModel(List.of(orders()));
        Written written = DIALECT.write(model);
        assertThat(written.problems()).isEmpty();
        Comparison both =
                new Comparison(model, DIALECT.read(written.manifests()).model());

        for (String path : List.of("/internal", "/internal/x", "/open")) {
            RequestValue request = RequestValue.of("GET", "orders.shop.example.com", path, null);
            assertThat(both.second(request, 1)).as(path).isEqualTo(both.first(request, 1));
        }
        assertThat(both.second(RequestValue.of("GET", "orders.shop.example.com", "/internal/x", null), 1))
                .isEqualTo("refused 403");
    }
}
