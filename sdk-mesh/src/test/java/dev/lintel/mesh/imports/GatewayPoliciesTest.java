package dev.lintel.mesh.imports;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody else says about requests of a route is read, or told and read as a refusal. */
class GatewayPoliciesTest {
    private static final String DENIES_ADMIN =
            "action: DENY, rules: [{to: [{operation: {paths: [/admin, /admin/, /admin/*]}}]}]";
    private static final String UNREAD = "; it is not read, and the definition may let through what it refuses";

    private static GatewayApiDialect dialect() {
        return gatewayApi().domain("example.com");
    }

    private static Imported by(GatewayApiDialect dialect, String... more) {
        String text = String.join("---\n", SmallObjects.GATEWAY, SmallObjects.HTTP_ROUTE, SmallObjects.SERVICE);
        return Import.by(dialect)
                .yaml(text.replace("port: 8080", "port: 80") + "---\n" + String.join("---\n", more), "shop");
    }

    private static String policy(String namespace, String notes, String spec) {
        return "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p" + notes.length()
                + ", namespace: " + namespace + notes + "}\nspec: {" + spec + "}\n";
    }

    private static String atGateway(String spec) {
        return policy("infra", "", "targetRefs: [" + ref("Gateway", "public") + "], " + spec);
    }

    private static String ref(String kind, String name) {
        return "{group: gateway.networking.k8s.io, kind: " + kind + ", name: " + name + "}";
    }

    /** What the definition decides, which must be what was read. */
    private static String decides(Imported imported, String path) {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(imported.definitions(), dialect().world())
                .model();
        String said = decides(model, path);
        assertThat(decides(imported.read(), path)).isEqualTo(said);
        return said;
    }

    private static String decides(MeshModel model, String path) {
        RequestValue request = RequestValue.of("GET", "orders.shop.example.com", path, null);
        Decision decision = Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system())
                .decide(request, bound -> 0);
        return decision instanceof Decision.Forward ? "forward" : decision.toString();
    }

    private static void assertReadAsDenied(Imported imported, String object) {
        assertThat(imported.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("gateway-api.undecided");
            assertThat(problem.path()).isEqualTo(object);
            assertThat(problem.message()).contains("decides about requests of orders.shop" + UNREAD);
            assertThat(problem.origin().toString()).isNotEmpty();
        });
        assertThat(imported.isProven()).isFalse();
        assertThat(decides(imported, "/x")).startsWith("answer with 403");
    }

    @Test
    void withoutAnyTheRouteIsOpen() {
        assertThat(decides(by(dialect()), "/admin")).isEqualTo("forward");
    }

    @Test
    void whatIsDeniedAtTheGatewayIsDenied() {
        Imported imported = by(dialect(), atGateway(DENIES_ADMIN));

        assertThat(decides(imported, "/admin")).startsWith("answer with 403");
        assertThat(decides(imported, "/admin/x")).startsWith("answer with 403");
        assertThat(decides(imported, "/x")).isEqualTo("forward");
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.isProven()).isTrue();
    }

    @Test
    void anEmptyListIsAsIfItWereNotThere() {
        String hosts = DENIES_ADMIN.replace("paths:", "hosts: [], notPaths: [], paths:");

        assertThat(decides(by(dialect(), atGateway(hosts)), "/admin")).startsWith("answer with 403");
        assertThat(decides(by(dialect(), atGateway("action: DENY, rules: [{to: [], from: []}]")), "/x"))
                .startsWith("answer with 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action: DENY, rules: [{}]",
                "selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: public}}, action: DENY, rules: [{}]"
            })
    void soIsWhatIsDeniedInItsNamespaceOrByItsLabel(String spec) {
        Imported imported = by(dialect(), policy("infra", "", spec));

        assertThat(decides(imported, "/x")).startsWith("answer with 403");
        assertThat(imported.isProven()).isTrue();
    }

    @Test
    void aDryRunLetsNothingThrough() {
        String only = atGateway("action: ALLOW, rules: [{to: [{operation: {paths: [/public]}}]}]");
        String dry = policy(
                "infra",
                ", annotations: {istio.io/dry-run: 'true'}",
                "targetRefs: [" + ref("Gateway", "public") + "], action: ALLOW, rules: [{}]");
        Imported imported = by(dialect(), only, dry);

        assertThat(decides(imported.read(), "/public")).isEqualTo("forward");
        assertThat(decides(imported, "/admin")).startsWith("answer with 403");
        assertThat(imported.notes())
                .filteredOn(note -> note.code().equals("gateway-api.travels"))
                .extracting(Problem::message)
                .anyMatch(note -> note.contains("dry run"));
    }

    @Test
    void whatIsAtItsClassIsNotReadAndStaysClosed() {
        String spec = "targetRefs: [" + ref("GatewayClass", "istio") + "], action: DENY, rules: [{}]";

        assertReadAsDenied(by(dialect(), policy("infra", "", spec)), "AuthorizationPolicy infra/p0");
    }

    @Test
    void soIsWhatIsAtOneOfSeveralGateways() {
        String second = SmallObjects.GATEWAY.replace("name: public", "name: second")
                + "---\n"
                + SmallObjects.HTTP_ROUTE
                        .replace("name: public", "name: second")
                        .replace("orders", "bills");

        assertReadAsDenied(by(dialect(), second, atGateway(DENIES_ADMIN)), "AuthorizationPolicy infra/p0");
        assertThat(decides(by(dialect(), second), "/admin")).isEqualTo("forward");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuadrant.io/v1 AuthPolicy", "gateway.envoyproxy.io/v1alpha1 SecurityPolicy"})
    void policiesOfOthersAreToldAndStayClosed(String kind) {
        String[] names = kind.split(" ", -1);
        String object = "apiVersion: " + names[0] + "\nkind: " + names[1] + "\nmetadata: {name: a}\nspec: {targetRef: "
                + ref("HTTPRoute", "orders") + "}\n";

        assertReadAsDenied(by(dialect(), object), names[1] + " shop/a");
        assertThat(by(dialect(), object.replace("name: orders", "name: bills")).problems())
                .noneMatch(problem -> problem.message().contains(UNREAD));
    }

    @Test
    void annotationsOfControllersAreToldAndStayClosed() {
        String text = String.join(
                "---\n",
                SmallObjects.GATEWAY,
                SmallObjects.HTTP_ROUTE.replaceFirst(
                        "name: orders\n", "name: orders\n  annotations: {konghq.com/plugins: key-auth}\n"),
                SmallObjects.SERVICE.replace("8080", "80"));

        assertReadAsDenied(Import.by(dialect()).yaml(text, "shop"), "HTTPRoute shop/orders");
        assertThat(decides(
                        Import.by(dialect()).yaml(text.replace("konghq.com/plugins", "example.com/team"), "shop"),
                        "/x"))
                .isEqualTo("forward");
    }

    @Test
    void certificatesAreSilent() {
        String certificate =
                "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c, namespace: infra}\n"
                        + "spec: {secretName: c, selector: {matchLabels: {a: b}}}\n";

        assertThat(by(dialect(), certificate).problems())
                .isEqualTo(by(dialect()).problems());
    }

    @Test
    void whatEnvoyGatewayAsksAtTheGatewayIsAskedOfItsRoutes() {
        GatewayApiDialect envoy = dialect().extension(Extension.ENVOY_GATEWAY).gatewayClass("istio");
        String object =
                "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: SecurityPolicy\nmetadata: {name: a, namespace:"
                        + " infra}\nspec: {targetRefs: [" + ref("Gateway", "public")
                        + "], authorization: {defaultAction: Deny}}\n";

        assertThat(decides(by(envoy, object).read(), "/x")).startsWith("refuse with 403");
        assertThat(decides(by(envoy).read(), "/x")).isEqualTo("forward");
        assertThat(decides(
                        by(envoy, object.replace("authorization: {defaultAction: Deny}", "basicAuth: {}"))
                                .read(),
                        "/x"))
                .startsWith("refuse with 403");
    }
}
