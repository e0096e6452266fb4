package dev.lintel.benchmarks.mesh;

import static dev.lintel.auth.OAuth2.oauth2;

import dev.lintel.core.ApiDefinition;
import dev.lintel.sdk.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many APIs, a hundred in a namespace: an issuer, an audience, scopes on three paths, a split, a timeout, a breaker. */
final class MeshCatalogue {
    static final int NAMESPACE = 100;

    private MeshCatalogue() {}

    static List<ApiDefinition> definitions(int apis) {
        List<ApiDefinition> all = new ArrayList<>(apis);
        for (int i = 0; i < apis; i++) {
            String name = "api-" + i;
            all.add(Api.expose(name)
                    .inNamespace("team-" + i / NAMESPACE)
                    .withOAuth2(oauth2("https://id.example")
                            .audience(name)
                            .scope("/orders/**", "orders.read")
                            .scope("POST /orders", "orders.write")
                            .scope("/admin/**", "orders.admin"))
                    .split("v1", 90, "v2", 10)
                    .timeout(Duration.ofSeconds(2))
                    .breaker(b -> b.consecutive5xx(5))
                    .define());
        }
        return all;
    }
}
