package dev.lintel.auth.register;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.testing.FakeServer.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients are planned, registered and read back; the server is a Hydra. */
class OAuthClientsTest {
    private static final OAuth2 ACCESS =
            oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read");
    private static final ClientSpec SHOP = ClientSpec.service("shop").calls(ClientSpecTest.api("orders", ACCESS));
    private static final ClientSpec WEB =
            ClientSpec.webApp("web", URI.create("https://shop.example/answer")).scopes("openid");

    private final FakeHydra hydra = new FakeHydra();
    private final Drawer drawer = new Drawer();
    private final HydraRegistry registry = HydraRegistry.at(hydra.url());
    private final OAuthClients clients = OAuthClients.of("shop-team", registry, drawer);

    @AfterEach
    void close() {
        registry.close();
        hydra.close();
    }

    @Test
    void aPlanShowsWhatWillBeRegisteredAndChangesNothing() {
        ClientPlan plan = clients.plan(SHOP);

        assertThat(plan.render()).isEqualTo("""
                plan for Hydra at %s
                + client shop
                    owned by shop-team
                    grants:
                      client_credentials
                    scopes:
                      orders.read
                    audiences:
                      orders
                    authenticates by client_secret_basic
                    access tokens are jwt
                    secret in shop-team/shop
                1 to create, 0 to update, 0 to delete, 0 unchanged
                """.formatted(hydra.url()));
        assertThat(hydra.changes()).isEmpty();
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void applyRegistersClientsAndKeepsTheirSecrets() {
        List<KnownClient> applied = clients.apply(clients.plan(SHOP, WEB));

        assertThat(applied).extracting(KnownClient::clientId).containsExactly("shop", "web");
        assertThat(hydra.clients.get("shop"))
                .containsEntry("grant_types", List.of("client_credentials"))
                .containsEntry("scope", "orders.read")
                .containsEntry("audience", List.of("orders"))
                .containsEntry("access_token_strategy", "jwt")
                .containsEntry("owner", "lintel:shop-team");
        assertThat(drawer.places).containsExactly("shop-team/shop", "shop-team/web");
        assertThat(drawer.revealedAll("shop-team/shop"))
                .containsOnlyKeys("client_id", "client_secret")
                .containsEntry("client_id", "shop");
        assertThat(hydra.secrets.get("shop")).containsExactly(drawer.revealed("shop"));
        assertThat(drawer.revealed("shop")).hasSize(43).isNotEqualTo(drawer.revealed("web"));
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        clients.apply(clients.plan(SHOP, WEB));
        int changes = hydra.changes().size();

        ClientPlan again = clients.plan(WEB, SHOP);
        clients.apply(again);

        assertThat(again.isEmpty()).isTrue();
        assertThat(again.render()).isEqualTo("plan for Hydra at " + hydra.url() + "\nnothing to do, 2 unchanged\n");
        assertThat(hydra.changes()).hasSize(changes);
    }

    @Test
    void aChangedClientIsUpdatedAndWhatIsNotManagedStays() {
        clients.apply(clients.plan(SHOP));
        hydra.clients.get("shop").put("logo_uri", "https://shop.example/logo");
        String secret = drawer.revealed("shop");
        ClientSpec more = SHOP.scopes("orders.write");

        ClientPlan plan = clients.plan(more);
        assertThatThrownBy(() -> clients.apply(plan))
                .hasMessageContaining("plan.widens")
                .hasMessageContaining("client shop: may ask for scope orders.write");
        clients.apply(plan.allowWidening("refunds"));

        assertThat(plan.render()).isEqualTo("""
                plan for Hydra at %s
                ~ client shop
                    @@ -3,6 +3,7 @@
                       client_credentials
                     scopes:
                       orders.read
                    +  orders.write
                     audiences:
                       orders
                     authenticates by client_secret_basic
                effects:
                  ! client shop: may ask for scope orders.write
                  ! widens access, and is refused unless allowWidening("reason") is said
                0 to create, 1 to update, 0 to delete, 0 unchanged
                """.formatted(hydra.url()));
        assertThat(hydra.clients.get("shop"))
                .containsEntry("scope", "orders.read orders.write")
                .containsEntry("logo_uri", "https://shop.example/logo");
        assertThat(hydra.secrets.get("shop")).containsExactly(secret);
    }

    @Test
    void ourClientsThatAreNotNamedAnyMoreAreDeletedAndOthersAreNot() {
        hydra.clients.put("foreign", new LinkedHashMap<>(Map.of("client_id", "foreign", "owner", "somebody")));
        OAuthClients others = OAuthClients.of("other-team", registry, drawer);
        others.apply(others.plan(ClientSpec.service("other")));
        clients.apply(clients.plan(SHOP, WEB));

        ClientPlan plan = clients.plan(SHOP);
        clients.apply(plan);

        assertThat(plan.render())
                .isEqualTo("plan for Hydra at " + hydra.url()
                        + "\n- client web\n0 to create, 0 to update, 1 to delete, 1 unchanged\n");
        assertThat(hydra.clients).containsOnlyKeys("foreign", "other", "shop");
    }

    @Test
    void aClientOfSomebodyElseIsNotTouchedUnlessItIsAdopted() {
        hydra.clients.put("shop", new LinkedHashMap<>(Map.of("client_id", "shop", "scope", "all")));
        OAuthClients others = OAuthClients.of("other-team", registry, drawer);
        others.apply(others.plan(WEB));

        ClientPlan plan = clients.plan(SHOP, WEB);

        assertThatThrownBy(() -> clients.apply(plan)).hasMessage("""
                the plan for Hydra at %s has 2 problems
                  (1) clients.foreign client shop: is registered already, and not by 'shop-team'
                      choose another id, or say adopt("shop") if it is to be taken over
                  (2) clients.foreign client web: is registered already, and belongs to 'other-team', not to 'shop-team'
                      choose another id, or say adopt("web") if it is to be taken over""".formatted(hydra.url()));
        OAuthClients adopting = clients.adopt("shop", "web");
        adopting.apply(adopting.plan(SHOP, WEB));
        assertThat(clients.plan(SHOP, WEB).isEmpty()).isTrue();
    }

    @Test
    void aPlanForAnotherStateOfTheServerIsRefused() {
        ClientPlan plan = clients.plan(SHOP);
        clients.apply(plan);

        assertThatThrownBy(() -> clients.apply(plan))
                .hasMessageContaining("was made for state '")
                .hasMessageEndingWith("plan again, and read what has changed");
    }

    @Test
    void whatTheServerCannotDoIsAProblem() {
        ClientSpec twice = ClientSpec.service("shop").grants(ClientGrant.TOKEN_EXCHANGE);
        OAuthClients there = OAuthClients.of("shop-team", registry.issuer("https://hydra.example"), drawer);

        assertThat(there.plan(twice, SHOP).render()).endsWith("""
                problems:
                  (1) clients.grant client shop: Hydra does not exchange tokens (RFC 8693)
                        use JWT_BEARER (RFC 7523) with an issuer that Hydra is told to trust, or another server
                  (2) clients.twice client shop: is asked for twice
                        say once what it should be
                1 to create, 0 to update, 0 to delete, 0 unchanged
                """);
        assertThat(there.plan(SHOP).problems())
                .extracting(problem -> problem.render())
                .containsExactly(
                        "clients.issuer client shop: calls APIs that accept tokens of [https://id.example], but this server issues"
                                + " them as 'https://hydra.example'\n      register it at the issuer that the definitions name, or"
                                + " name this one there");
    }

    @Test
    void allPagesOfTheServerAreRead() {
        ClientSpec[] many = IntStream.range(0, 23)
                .mapToObj(i -> ClientSpec.service("shop-" + i))
                .toArray(ClientSpec[]::new);
        hydra.most = 5;
        clients.apply(clients.plan(many));

        assertThat(clients.plan().changes()).hasSize(23);
        hydra.circle = true;
        assertThatThrownBy(clients::plan)
                .hasMessage("Hydra at " + hydra.url() + ": GET /admin/clients pages in a circle, or has more than 1000"
                        + " pages; nothing was changed");
    }

    @Test
    void aClientWhoseSecretCannotBeKeptIsRemovedAgain() {
        drawer.full = true;

        assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                .hasMessage(
                        "client 'shop' was removed again, because its secret could not be kept: the drawer is full; mend"
                                + " that, then plan again")
                .hasNoCause();
        assertThat(hydra.clients).isEmpty();
    }

    @Test
    void aClientThatStopsKeepingNoSecretGetsOne() {
        ClientSpec open = ClientSpec.publicApp("web", URI.create("https://shop.example/answer"));
        clients.apply(clients.plan(open));
        assertThat(drawer.places).isEmpty();

        clients.apply(clients.plan(open.provesBy(ClientProof.CLIENT_SECRET_POST)));

        assertThat(hydra.secrets.get("web")).contains(drawer.revealed("web"));
    }

    @Test
    void aServerThatRegistersSomethingElseIsFoundOut() {
        clients.apply(clients.plan(SHOP));
        ClientPlan plan = clients.plan(SHOP.scopes("orders.write")).allowWidening("refunds");
        hydra.server.on(
                "/admin/clients/shop",
                Answer.json("{\"client_id\":\"shop\",\"owner\":\"lintel:shop-team\",\"scope\":\"all\","
                        + "\"access_token_strategy\":\"jwt\",\"token_endpoint_auth_method\":\"client_secret_basic\"}"));

        assertThatThrownBy(() -> clients.apply(plan))
                .hasMessage("Hydra at " + hydra.url()
                        + " has client 'shop' otherwise than it was asked for: grants, scopes,"
                        + " audiences differ; plan again to see how, and compare with what the server allows");
    }

    @Test
    void aNewSecretStandsBesideTheOldOneUntilItIsRetired() {
        clients.apply(clients.plan(SHOP));
        String old = drawer.revealed("shop");

        assertThat(clients.rotate("shop")).isTrue();

        assertThat(hydra.secrets.get("shop")).containsExactly(drawer.revealed("shop"), old);
        clients.retire("shop");
        assertThat(hydra.secrets.get("shop"))
                .containsExactly(drawer.revealed("shop"))
                .doesNotContain(old);
    }

    @Test
    void aHydraThatKeepsNoOldSecretsIsToldTheNewOne() {
        hydra.rotates = false;
        clients.apply(clients.plan(SHOP));
        String old = drawer.revealed("shop");

        assertThat(clients.rotate("shop")).isFalse();
        clients.retire("shop");

        assertThat(hydra.secrets.get("shop"))
                .containsExactly(drawer.revealed("shop"))
                .doesNotContain(old);
        assertThat(clients.plan(SHOP).isEmpty()).isTrue();
    }

    @Test
    void onlyOurSecretsAreRotated() {
        OAuthClients others = OAuthClients.of("other-team", registry, drawer);
        others.apply(others.plan(WEB));

        assertThatThrownBy(() -> clients.rotate("web"))
                .hasMessage(
                        "client 'web' at Hydra at " + hydra.url() + " does not belong to 'shop-team', so its secret is"
                                + " left alone; adopt it by a plan first");
        assertThatThrownBy(() -> clients.retire("shop"))
                .hasMessage("Hydra at " + hydra.url() + " has no client 'shop'; plan it first");
        assertThatThrownBy(() -> OAuthClients.of("Shop Team", registry, drawer))
                .hasMessage(
                        "an owner must be a DNS label (lower-case letters, digits, '-', at most 63), but was 'Shop Team'");
    }

    @Test
    void aNewSecretThatCannotBeKeptIsToldAsSuch() {
        clients.apply(clients.plan(SHOP));
        drawer.full = true;

        assertThatThrownBy(() -> clients.rotate("shop"))
                .hasMessage(
                        "client 'shop' has a new secret, but the drawer is full; mend that, then rotate again; the old"
                                + " secret still works")
                .hasNoCause();
    }

    @Test
    void aSinkThatBreaksIsNotQuoted() {
        drawer.broken = true;

        assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                .hasMessage(
                        "client 'shop' was removed again, because its secret could not be kept: the sink failed with"
                                + " java.lang.IllegalStateException; mend that, then plan again")
                .hasNoCause();
    }
}
