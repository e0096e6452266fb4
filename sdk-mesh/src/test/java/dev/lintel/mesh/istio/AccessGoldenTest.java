package dev.lintel.mesh.istio;

import static dev.lintel.core.match.Match.match;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.testkit.Golden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What rules about callers, boundaries and external authorizers become in a mesh, or why they are refused. */
class AccessGoldenTest {
    static final String FOLDER = "istio-access";

    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final String OPA = "grpc://opa.shop:9191";

    @TestFactory
    Stream<DynamicTest> rulesAboutWhoMayCallBecomeObjects() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        written().forEach((name, inside) -> cases.put(name, () -> write(DIALECT, inside.model())));
        refused().forEach((name, inside) -> cases.put(name + " is refused", () -> write(DIALECT, inside.model())));
        Inside two = asked().beside(other());
        cases.put(
                "two authorizers at one gateway before Istio 1.30 are refused",
                () -> write(DIALECT.version(IstioVersion.V1_29), two.model()));
        ambient().forEach((name, inside) -> cases.put(name, () -> write(DIALECT.ambient(), inside.model())));
        cases.put("two authorizers at one gateway", () -> write(DIALECT, two.model()));
        return Golden.in(FOLDER, ".istio.yaml").tests(cases);
    }

    private static String write(IstioDialect dialect, MeshModel model) {
        Written written = dialect.write(model);
        StringBuilder out = new StringBuilder();
        if (written.problems().isEmpty()) {
            for (Guarantee guarantee : written.guarantees()) {
                out.append("# promises: ").append(guarantee.describe()).append('\n');
            }
        }
        return out + IstioGoldenTest.write(dialect, model, List.of());
    }

    private static Inside plain() {
        return new Inside(new Sketch().withoutSplit());
    }

    private static Inside asked() {
        return plain().asks(Protocol.EXT_AUTHZ_GRPC, OPA, null);
    }

    private static Inside other() {
        return new Inside(new Sketch().named("carts").withoutSplit())
                .asks(Protocol.EXT_AUTHZ_GRPC, "grpcs://authz.example.org:443", null);
    }

    private static Map<String, Inside> written() {
        Map<String, Inside> cases = new TreeMap<>();
        cases.put(
                "only two workloads and a namespace call",
                plain().only("/**", "frontend.shop", "batch.money", "monitoring"));
        cases.put("only one workload calls or who enters", plain().orEntering("/**", "frontend.shop"));
        cases.put(
                "callers of a narrow path are carved out of those of a wide one",
                plain().orEntering("/**", "frontend.shop")
                        .only("/internal/**", "batch.shop")
                        .everybody("GET /health"));
        cases.put(
                "callers by method",
                plain().orEntering("POST /orders/**", "frontend.shop").everybody("/orders/**"));
        cases.put(
                "callers and access are one policy",
                new Inside(new Sketch()
                                .withoutSplit()
                                .scope("/orders/**", Requirement.TOKEN)
                                .scope("/health", Requirement.PUBLIC))
                        .orEntering("/**", "frontend.shop")
                        .only("/orders/internal/**", "batch.shop"));
        cases.put(
                "callers are asked at the rewritten path",
                new Inside(new Sketch().withoutSplit().scope("/api/**", Requirement.TOKEN))
                        .rewritten("/api/**", "/v1")
                        .only("/v1/internal/**", "batch.shop"));
        cases.put(
                "keys of an issuer that are said",
                new Inside(new Sketch()
                        .withoutSplit()
                        .scope("/orders/**", Requirement.TOKEN)
                        .pinned(Sketch.KEYS)));
        cases.put("a namespace of callers in which the gateway runs", plain().only("/**", "istio-system"));
        cases.put("a namespace is isolated", plain().isolated("shop", List.of()));
        cases.put(
                "a namespace lets in a namespace and a workload of another one",
                plain().isolated("shop", List.of("web", "cron.money")));
        cases.put("a namespace in which nothing is exposed is isolated", plain().isolated("vault", List.of("shop")));
        cases.put(
                "nothing but one service is called out of an isolated namespace",
                plain().isolated("web", List.of(), "carts.shop")
                        .beside(new Inside(new Sketch().named("carts").withoutSplit())));
        cases.put("an authorizer is asked at the gateway", asked());
        cases.put(
                "an authorizer is shown the body and may fail",
                plain().asks(Protocol.EXT_AUTHZ_GRPC, OPA, new AuthorizerRule.Body(8192, true, false)));
        cases.put("an authorizer is asked about the paths of an API on a shared host", asked().claims("/orders/**"));
        cases.put("an authorizer is not asked about paths of another API among its own", among("/orders/public/**"));
        cases.put(
                "the same authorizer is asked about paths of two APIs of which one lies in the other",
                asked().claims("/orders/**")
                        .beside(guest("/orders/public/**").asks(Protocol.EXT_AUTHZ_GRPC, OPA, null)));
        return cases;
    }

    private static Inside among(String path) {
        return asked().claims("/orders/**").beside(guest(path));
    }

    private static Inside guest(String path) {
        return new Inside(new Sketch().named("carts").withoutSplit())
                .at("orders.shop.example.com")
                .claims(path);
    }

    private static Map<String, Inside> ambient() {
        Map<String, Inside> cases = new TreeMap<>();
        cases.put(
                "access and callers at the waypoint",
                new Inside(new Sketch().withoutVersions().scope("/**", Requirement.TOKEN))
                        .orEntering("/**", "frontend.shop"));
        cases.put("versions without sidecars are refused", plain().only("/**", "frontend.shop"));
        cases.put(
                "a boundary without sidecars is refused",
                new Inside(new Sketch().withoutVersions()).isolated("shop", List.of()));
        return cases;
    }

    private static Map<String, Inside> refused() {
        Map<String, Inside> cases = new TreeMap<>();
        cases.put("a caller at a path with braces", plain().only("/orders/{id}", "frontend.shop"));
        cases.put(
                "a caller at a path where parameters are allowed",
                plain().only("/orders/**", "frontend.shop").withParameters());
        cases.put("the gateway as a caller", plain().only("/**", "istio-ingressgateway-service-account.istio-system"));
        cases.put(
                "an answer of the gateway where only some may call",
                new Inside(new Sketch().withoutSplit().answer(match("/old"), new Answer.Direct(410, "", "")))
                        .only("/**", "frontend.shop"));
        cases.put("an authorizer that is a plain OPA", plain().asks(Protocol.OPA_REST, "http://opa.shop:8181", null));
        cases.put(
                "an authorizer on this machine", plain().asks(Protocol.EXT_AUTHZ_GRPC, "grpc://127.0.0.1:9191", null));
        cases.put("an authorizer for paths among which another API has one with braces", among("/orders/{id}"));
        cases.put("an authorizer for own paths with braces on a shared host", asked().claims("/orders/{id}/**"));
        return cases;
    }
}
