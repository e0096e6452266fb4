package dev.lintel.mesh.istio;

import static dev.lintel.mesh.istio.Mutant.at;
import static dev.lintel.mesh.istio.Mutant.list;
import static dev.lintel.mesh.istio.Mutant.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each mistake in what says who may call shows in a decision, or cannot be read. */
class AccessMutantsTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final String HOST = "orders.shop.example.com";
    private static final MeshModel MODEL = new Inside(new Sketch().withoutSplit())
            .orEntering("/**", "frontend.shop", "web", "cron.money")
            .only("/internal/**", "batch.shop")
            .asks(Protocol.EXT_AUTHZ_GRPC, "grpc://opa.shop:9191", null)
            .isolated("shop", List.of("web", "cron.money"))
            .isolated("web", List.of(), "orders.shop")
            .model();

    @Test
    void aCallerIsListedWithoutReason() {
        different(
                allow(rules -> principals(rules, "frontend").add("cluster.local/ns/shop/sa/mallory")),
                call("/orders", "mallory.shop"),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void aCarveOutOfCallersIsForgotten() {
        different(
                allow(rules -> rules.stream()
                        .filter(rule -> rule.toString().contains("sa/frontend"))
                        .allMatch(
                                rule -> map(at(map(rule), "to", 0, "operation")).remove("notPaths") != null)),
                call("/internal/keys", "frontend.shop"),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void theGatewayIsLetInWhereOnlySomeMayCall() {
        different(
                allow(rules -> map(at(map(rules.get(0)), "to", 0, "operation")).remove("notPaths") != null),
                enter("/internal/keys").verdict(Verdict.ALLOWED),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void aDenyRuleIsForgotten() {
        MeshModel open = new Inside(new Sketch().withoutSplit())
                .isolated("shop", List.of("web"))
                .model();
        different(
                open,
                Mutant.without(Meta.AUTHORIZATION_POLICY, Meta.BOUNDARY, "shop"),
                call("/orders", "batch.money"),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void aBoundaryIsShutForTheGateway() {
        MeshModel open = new Inside(new Sketch().withoutSplit())
                .isolated("shop", List.of("web"))
                .model();
        different(
                open,
                Mutant.named(
                        Meta.AUTHORIZATION_POLICY,
                        Meta.BOUNDARY,
                        spec -> map(at(spec, "rules", 0, "from", 0, "source")).remove("notPrincipals")),
                enter("/orders"),
                "to orders.shop",
                "refused 403");
    }

    @Test
    void aNamespaceGetsOutOfItsBoundary() {
        MeshModel shut = new Inside(new Sketch().withoutSplit())
                .isolated("web", List.of())
                .model();
        different(
                shut,
                Mutant.without(Meta.AUTHORIZATION_POLICY, "orders.boundary", "shop"),
                call("/orders", "frontend.web"),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void theAuthorizerIsNotAsked() {
        different(
                Mutant.without(Meta.AUTHORIZATION_POLICY, "orders.shop", "istio-system"),
                enter("/orders").verdict(new Verdict.Denied(401, List.of(), "")),
                "refused 401",
                "to orders.shop");
    }

    @Test
    void theAuthorizerIsNotAskedWhereAPortIsNamed() {
        unread(
                DIALECT,
                MODEL,
                Mutant.named(
                        Meta.AUTHORIZATION_POLICY,
                        "orders.shop",
                        spec -> list(at(spec, "rules", 0, "to", 0, "operation", "hosts"))
                                .remove(1)),
                "with a port only, or without one only");
    }

    @Test
    void identitiesAreNotDemanded() {
        MeshModel open = new Inside(new Sketch().withoutSplit())
                .everybody("/health")
                .only("/a", "b.shop")
                .model();
        unread(DIALECT, open, Mutant.without(Meta.PEER_AUTHENTICATION), "counts as inside");
    }

    @Test
    void theWaypointIsPassedBy() {
        MeshModel ambient = new Inside(new Sketch().withoutVersions().scope("/**", Requirement.TOKEN)).model();
        IstioDialect dialect = DIALECT.ambient();
        assertThat(dialect.write(ambient).problems()).isEmpty();
        assertThat(dialect.read(dialect.write(ambient).manifests()).problems()).isEmpty();
        unread(
                dialect,
                ambient,
                Mutant.without(Meta.AUTHORIZATION_POLICY, "orders.waypoint", "shop"),
                "gets past the waypoint");
    }

    @Test
    void severalForeignPoliciesAreTakenTogether() {
        Manifest deny = foreign("DENY", Map.of("paths", List.of("/admin", "/admin/*")));
        Manifest allow = foreign("ALLOW", Map.of("methods", List.of("GET")));
        MeshModel open = new Inside(new Sketch().withoutSplit()).model();
        UnaryOperator<List<Manifest>> more = manifests -> {
            List<Manifest> all = new ArrayList<>(manifests);
            all.add(deny);
            all.add(allow);
            return all;
        };
        different(open, more, enter("/admin/x"), "to orders.shop", "refused 403");
        different(open, more, call("/admin", "frontend.web"), "to orders.shop", "refused 403");
        different(open, more, RequestValue.of("POST", HOST, "/orders", null), "to orders.shop", "refused 403");
        Read read = DIALECT.read(more.apply(DIALECT.write(open).manifests()));
        assertThat(read.problems()).isEmpty();
        assertThat(new Comparison(open, read.model()).second(enter("/orders"), 1))
                .contains("to orders.shop");
    }

    private static Manifest foreign(String action, Map<String, Object> operation) {
        Map<String, Object> rule = Map.of("to", List.of(Map.of("operation", operation)));
        return new Manifest(
                Meta.SECURITY,
                Meta.AUTHORIZATION_POLICY,
                "shop",
                "foreign-" + action.toLowerCase(Locale.ROOT),
                Map.of(),
                Map.of(),
                Map.of(
                        "selector",
                        Map.of("matchLabels", Map.of("app", "orders")),
                        "action",
                        action,
                        "rules",
                        List.of(rule)));
    }

    private static RequestValue enter(String path) {
        return RequestValue.of("GET", HOST, path, null);
    }

    private static RequestValue call(String path, String who) {
        return RequestValue.of("GET", "orders.shop", path, null).inMesh().caller(Caller.Workload.of(who));
    }

    private interface Change {
        boolean in(List<Object> list);
    }

    private static UnaryOperator<List<Manifest>> allow(Change change) {
        return Mutant.named(
                Meta.AUTHORIZATION_POLICY,
                "orders",
                spec -> assertThat(change.in(list(spec.get("rules")))).isTrue());
    }

    private static List<Object> principals(List<Object> rules, String name) {
        return rules.stream()
                .filter(rule -> rule.toString().contains("sa/" + name))
                .map(rule -> list(at(map(rule), "from", 0, "source", "principals")))
                .findFirst()
                .orElseThrow();
    }

    private static void different(
            UnaryOperator<List<Manifest>> mistake, RequestValue request, String meant, String shown) {
        different(MODEL, mistake, request, meant, shown);
    }

    private static void different(
            MeshModel model, UnaryOperator<List<Manifest>> mistake, RequestValue request, String meant, String shown) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(model).manifests()));
        Comparison comparison = new Comparison(model, read.model());
        assertThat(comparison.first(request, 1)).contains(meant);
        assertThat(comparison.second(request, 1)).contains(shown);
    }

    private static void unread(
            IstioDialect dialect, MeshModel model, UnaryOperator<List<Manifest>> mistake, String why) {
        Read read = dialect.read(mistake.apply(dialect.write(model).manifests()));
        assertThat(read.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(why));
    }
}
