package dev.lintel.mesh;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.target.DirectoryLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hand has opened is closed without a reason, and what it has taken away comes back; all else needs one. */
class ByHandTest {
    private static final String POLICY = "shop/authorizationpolicy.orders.yaml";
    private static final String MUTUAL = "shop/peerauthentication.orders.yaml";
    private static final String ROUTE = "shop/virtualservice.orders-entry.yaml";

    @TempDir
    Path folder;

    private Mesh mesh(Dialect dialect) {
        Mesh mesh = Mesh.of(dialect, directory(folder).layout(DirectoryLayout.FILE_PER_OBJECT));
        mesh.apply(mesh.plan(orders("orders.read")));
        assertThat(mesh.plan(orders("orders.read")).isEmpty()).isTrue();
        return mesh;
    }

    private Mesh mesh() {
        return mesh(istio().domain("example.com"));
    }

    private static List<ApiDefinition> orders(String scope) {
        return DefinitionFormat.yaml().read("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                        jwksUri: https://id.example/keys
                    audiences: [orders]
                    rules:
                      - endpoint: /orders/**
                        scopes: [%s]
                      - endpoint: /help
                        allow: anyone
                """.formatted(scope), "orders.yaml");
    }

    private void edit(String file, String what, String by) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, by));
    }

    /** Only closes, says so, and is done without a reason. */
    private static void closes(Mesh mesh, String text) {
        Plan plan = mesh.plan(orders("orders.read"));
        assertThat(plan.effects()).extracting(Effect::text).containsExactly(text);
        assertThat(plan.widens()).isFalse();
        mesh.apply(plan);
        assertThat(mesh.diff(orders("orders.read")).isDrifted()).isFalse();
    }

    @Test
    void aRuleThatIsNotReadGoesWhereAllThatIsWantedIsThereToo() throws IOException {
        Mesh mesh = mesh();
        edit(POLICY, "  rules:\n", "  rules:\n  - to:\n    - operation:\n        ports:\n        - \"9090\"\n");

        assertThat(mesh.diff(orders("orders.read")).widens()).isTrue();
        closes(
                mesh,
                "AuthorizationPolicy shop/orders: lets through more than it is to, and the rest goes"
                        + " (spec.rules[0].to[0].operation: ports is not read)");
    }

    @Test
    void aPathThatSomebodyHasAddedGoes() throws IOException {
        Mesh mesh = mesh();
        edit(POLICY, "        - /help\n", "        - /help\n        - /debug\n");

        closes(
                mesh,
                "AuthorizationPolicy shop/orders: lets through more than it is to, and the rest goes (spec: does otherwise"
                        + " with '/debug/' than with '/debug'; they are one path to a definition, which reads '/debug' for"
                        + " both)");
    }

    @Test
    void mutualTlsThatSomebodyHasLoosenedIsTightened() throws IOException {
        Mesh mesh = mesh();
        edit(MUTUAL, "mode: STRICT", "mode: STRICT\n  portLevelMtls:\n    80:\n      mode: DISABLE");

        closes(
                mesh,
                "PeerAuthentication shop/orders: lets through more than it is to, and the rest goes (spec: portLevelMtls is"
                        + " not read)");

        Files.delete(folder.resolve(MUTUAL));
        closes(mesh, "PeerAuthentication shop/orders: is not there, and is made; it only closes");
    }

    /** Without the policy the route was open: that it comes back with the route is told by what it closes. */
    @Test
    void aPolicyThatAllowsAndIsGoneIsNotTakenToBeThere() throws IOException {
        Mesh mesh = mesh();
        Files.delete(folder.resolve(POLICY));
        Files.delete(folder.resolve(ROUTE));

        assertThat(mesh.plan(orders("orders.read")).effects())
                .extracting(Effect::text)
                .anyMatch(text -> text.startsWith("VirtualService shop/orders-entry: is not there, and is made"))
                .noneMatch(text -> text.startsWith("AuthorizationPolicy shop/orders: "));
    }

    @Test
    void whatMayHaveClosedSomethingCannotBeCompared() throws IOException {
        Mesh mesh = mesh();
        edit(POLICY, "action: ALLOW", "action: CUSTOM");
        assertThat(mesh.plan(orders("orders.read")).widens()).isTrue();

        edit(POLICY, "action: CUSTOM", "action: ALLOW");
        edit(POLICY, "        - /orders\n", "        - /debug\n");
        assertThat(mesh.plan(orders("orders.read")).widens()).isTrue();

        edit(POLICY, "        - /debug\n", "        - /orders\n        - /debug\n");
        assertThat(mesh.plan(orders("orders.read")).widens()).isFalse();
        edit(POLICY, "metadata:\n", "metadata:\n  annotations:\n    istio.io/rev: canary\n");
        assertThat(mesh.plan(orders("orders.read")).widens()).isTrue();
    }

    /** A field that is not known may make a rule narrower, whatever else it says. */
    @Test
    void aRuleWithAFieldThatIsNotKnownIsNotTakenToBeWide() throws IOException {
        Mesh mesh = mesh();
        edit(
                POLICY,
                "    to:\n    - operation:\n        paths:\n        - /help\n",
                "    unless: night\n    to:\n    - operation:\n        paths:\n        - /help\n");

        assertThat(mesh.plan(orders("orders.read")).widens()).isTrue();
    }

    @Test
    void aRouteThatIsGoneComesBackAndThePlanSaysSo() throws IOException {
        Mesh mesh = mesh();
        Files.delete(folder.resolve(ROUTE));

        assertThat(mesh.diff(orders("orders.read")).effects())
                .extracting(Effect::text, Effect::widens)
                .containsExactly(tuple(
                        "VirtualService shop/orders-entry: is missing: it does not expose orders.shop.example.com",
                        false));
        closes(
                mesh,
                "VirtualService shop/orders-entry: is not there, and is made as the definition says: it exposes"
                        + " orders.shop.example.com");
    }

    /** What is missing and closed is not taken to be there, as routes are. */
    @Test
    void whatNoLongerClosesIsToldBesideARouteThatIsGone() throws IOException {
        Mesh mesh = mesh();
        Files.delete(folder.resolve(ROUTE));
        Files.delete(folder.resolve(MUTUAL));

        assertThat(mesh.diff(orders("orders.read")).effects())
                .extracting(Effect::text)
                .containsExactly(
                        "VirtualService shop/orders-entry: is missing: it does not expose orders.shop.example.com",
                        "VirtualService shop/orders-entry: cannot be read as it is, and may let anything through: spec:"
                                + " without a strict PeerAuthentication whoever comes without an identity counts as inside");
    }

    /** Behind the route that comes back stands what is there, and not what is wanted. */
    @Test
    void whatWidensBesidesARouteThatComesBackStillNeedsAReason() throws IOException {
        Mesh mesh = mesh();
        Files.delete(folder.resolve(ROUTE));

        Plan plan = mesh.plan(orders("orders.write"));

        assertThat(plan.widens()).isTrue();
        assertThat(plan.effects())
                .extracting(Effect::text)
                .containsExactly(
                        "VirtualService shop/orders-entry: is not there, and is made as the definition says: it exposes"
                                + " orders.shop.example.com",
                        "orders.shop: now needs scope orders.write: /orders/** (was: scope orders.read)");
    }

    @Test
    void soItIsWithOtherDialects() throws IOException {
        Mesh gateways = mesh(gatewayApi().domain("example.com").extension(Extension.ISTIO));
        Files.delete(folder.resolve("shop/httproute.orders.yaml"));
        closes(
                gateways,
                "HTTPRoute shop/orders: is not there, and is made as the definition says: it exposes"
                        + " orders.shop.example.com");
        Files.delete(folder.resolve("gateways/gateway.lintel.yaml"));
        closes(gateways, "Gateway gateways/lintel: is not there, and is made as the definition says");
    }

    @Test
    void soItIsWithAnApiRule() throws IOException {
        Mesh rules = mesh(kyma().domain("example.com"));
        Files.delete(folder.resolve("shop/apirule.orders.yaml"));

        closes(
                rules,
                "APIRule shop/orders: is not there, and is made as the definition says: it exposes orders.shop.example.com");
    }
}
