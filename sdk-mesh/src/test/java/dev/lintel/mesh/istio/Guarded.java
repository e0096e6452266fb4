package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** An API of which everything is said that this dialect does not write. */
final class Guarded {
    private Guarded() {}

    static MeshModel model() {
        ApiModel plain =
                new Sketch().choice(Condition.workload("frontend.shop"), "v2").api();
        Entry entry = plain.entry();
        Entry asked = new Entry(
                entry.hosts(),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                false,
                List.of(PathPattern.parse("/orders/**"), PathPattern.parse("/carts")),
                new AuthorizerRule(
                        AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                        URI.create("http://opa.shop:9191"),
                        "",
                        Duration.ofMillis(200),
                        false,
                        403,
                        null,
                        Sketch.LINE),
                new LoginRule(
                        "https://id.example",
                        "web",
                        null,
                        List.of("openid"),
                        new SecretRef("shop", "keys", "key"),
                        "/oauth2",
                        "__Host-session",
                        Duration.ofHours(8),
                        null,
                        "/",
                        false,
                        "groups",
                        Sketch.LINE));
        Service service = plain.service();
        Service guarded = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                service.timeout(),
                service.traffic(),
                List.of(new CallerRule(
                        Endpoint.parse("/internal/**"), List.of(Peer.parse("frontend.shop")), false, Sketch.LINE)));
        ApiModel api = new ApiModel(plain.name(), plain.namespace(), asked, guarded, List.of(), plain.origin());
        return new MeshModel(
                List.of(api), List.of(), List.of(new IsolationRule("shop", List.of(), List.of(), Sketch.LINE)));
    }
}
