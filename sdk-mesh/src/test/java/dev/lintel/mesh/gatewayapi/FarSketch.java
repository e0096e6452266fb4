package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.istio.IstioDialect;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests say about an API whose service is elsewhere, that asks an authorizer or tries again. */
final class FarSketch {
    static final Origin LINE = Origin.at("Orders.java", 7);
    static final GatewayApiDialect ENVOY =
            GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.ENVOY_GATEWAY);
    static final Elsewhere.Tls TLS =
            new Elsewhere.Tls("api.psp.example", List.of("api.psp.example", "psp.example"), null, null, null);
    static final Token ALICE = Token.Verified.of("https://id.example", "alice", "orders");
    static final AuthorizerRule AUTHORIZER = new AuthorizerRule(
            AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
            URI.create("grpc://authz.shop.svc:9191"),
            "",
            Duration.ofSeconds(1),
            false,
            403,
            null,
            Origin.unknown());

    private FarSketch() {}

    /** What a test says about an API. */
    record Said(
            @Nullable Elsewhere elsewhere,
            @Nullable AuthorizerRule authorizer,
            @Nullable RetryRule retry,
            boolean asks,
            boolean rewrites) {
        MeshModel model() {
            Issuer issuer = new Issuer(
                    "https://id.example", URI.create("https://id.example/keys"), List.of("any"), Origin.unknown());
            AccessRule rule =
                    new AccessRule(new Endpoint(List.of(), PathPattern.parse("/**")), Requirement.TOKEN, LINE);
            Rewrite rewrite = new Rewrite(PathPattern.parse("/old/**"), "/new", LINE);
            Entry entry = new Entry(
                    List.of("orders.shop.example.com"),
                    asks ? new Access(List.of(issuer), List.of("orders"), List.of(rule)) : Access.OPEN,
                    List.of(new Route(Match.of(new Endpoint(List.of(), PathPattern.parse("/**"))), null, null, LINE)),
                    rewrites ? List.of(rewrite) : List.of(),
                    HeaderChanges.NONE,
                    false,
                    List.of(),
                    authorizer,
                    null);
            Traffic traffic = new Traffic(List.of(), List.of(), null, null, null, null, elsewhere);
            Service service = new Service("orders", 80, Map.of("app", "orders"), List.of(), null, retry, null, traffic);
            return new MeshModel(List.of(new ApiModel("orders", "shop", entry, service, List.of(), LINE)));
        }
    }

    static Elsewhere at(String address, Elsewhere.@Nullable Tls tls, @Nullable Duration limit) {
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL, URI.create(address), "api.psp.example", tls, limit, null, Origin.unknown());
    }

    static List<String> verdicts(MeshModel model) {
        Evaluator evaluator = Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system());
        List<String> words = new ArrayList<>();
        for (Verdict verdict : List.of(
                Verdict.UNASKED, Verdict.ALLOWED, new Verdict.Denied(401, List.of(), ""), new Verdict.Failed("late"))) {
            for (String path : List.of("/", "/old/x", "/a")) {
                Request request = RequestValue.of("GET", "orders.shop.example.com", path, null)
                        .token(ALICE)
                        .verdict(verdict);
                words.add(verdict + " " + path + " "
                        + evaluator.decide(request, bound -> 0).getClass());
            }
        }
        return words;
    }
}
