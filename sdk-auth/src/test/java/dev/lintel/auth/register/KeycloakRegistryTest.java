package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.TestClock;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients in the words of Keycloak: switches, client scopes, mappers. */
class KeycloakRegistryTest {
    private static final ClientSpec SHOP =
            ClientSpec.service("shop").scopes("orders.read").audiences("orders");
    private static final ClientSpec WEB = ClientSpec.webApp("web", URI.create("https://shop.example/answer"))
            .grants(ClientGrant.TOKEN_EXCHANGE, ClientGrant.DEVICE_CODE)
            .provesBy(ClientProof.CLIENT_SECRET_POST)
            .scopes("openid", "basic");

    private final FakeKeycloak keycloak = new FakeKeycloak();
    private final Drawer drawer = new Drawer();
    private final KeycloakRegistry registry =
            KeycloakRegistry.at(keycloak.url(), "shop", "lintel-admin", Secret.of("admin-secret"));
    private final OAuthClients clients = OAuthClients.of("shop-team", registry, drawer);

    @AfterEach
    void close() {
        registry.close();
        keycloak.close();
    }

    @Test
    void aClientIsRegisteredWithItsScopesAndAudiences() {
        ClientPlan plan = clients.plan(SHOP);
        clients.apply(plan);

        assertThat(plan.render()).isEqualTo("""
                plan for Keycloak realm 'shop' at %s
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
                warnings:
                  (1) clients.scope client shop: the realm has no client scope 'orders.read', so it will be made
                        every client of the realm can be given it from then on
                1 to create, 0 to update, 0 to delete, 0 unchanged
                """.formatted(keycloak.url()));
        assertThat(keycloak.client("shop"))
                .containsEntry("serviceAccountsEnabled", true)
                .containsEntry("standardFlowEnabled", false)
                .containsEntry("publicClient", false)
                .containsEntry("defaultClientScopes", List.of("basic"))
                .containsEntry("optionalClientScopes", List.of("orders.read"))
                .containsEntry("secret", drawer.revealed("shop"));
        assertThat(keycloak.client("shop").get("protocolMappers"))
                .asString()
                .contains("protocolMapper=oidc-audience-mapper", "included.custom.audience=orders");
        assertThat(keycloak.server.asked())
                .filteredOn(asked -> asked.path().startsWith("/admin/"))
                .allMatch(asked -> asked.headers().get("Authorization").equals(List.of("Bearer admin-token")));
    }

    @Test
    void aClientThatIsOnlyHalfMadeIsTakenBackSoThatTheNextPlanMakesItWithItsSecret() {
        keycloak.refused.add("POST client-scopes");
        assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Keycloak realm 'shop' at " + keycloak.url()
                        + ": POST /admin/realms/shop/client-scopes answered 403: who asks may not do this; give that"
                        + " account the right to manage clients");
        assertThat(keycloak.clients).isEmpty();

        keycloak.refused.clear();
        clients.apply(clients.plan(SHOP));

        assertThat(keycloak.client("shop")).containsEntry("secret", drawer.revealed("shop"));
    }

    @Test
    void aClientThatIsOnlyHalfMadeAndStaysIsTold() {
        keycloak.refused.addAll(List.of("POST client-scopes", "DELETE clients"));

        assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("POST /admin/realms/shop/client-scopes answered 403")
                .hasMessageContaining("; client 'shop' is left there with a secret that nobody knows, because it could"
                        + " not be removed again: ")
                .hasMessageEndingWith("; delete it there, then plan again");
        assertThat(keycloak.clients).hasSize(1);
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        clients.apply(clients.plan(SHOP, WEB));
        int changes = keycloak.changes().size();

        ClientPlan again = clients.plan(SHOP, WEB);
        clients.apply(again);

        assertThat(again.render())
                .isEqualTo("plan for Keycloak realm 'shop' at " + keycloak.url() + "\nnothing to do, 2 unchanged\n");
        assertThat(keycloak.changes()).hasSize(changes);
    }

    @Test
    void scopesAndAudiencesThatAreNotWantedAnyMoreAreTaken() {
        clients.apply(clients.plan(SHOP.scopes("orders.write").audiences("stock")));
        keycloak.client("shop").put("description", "kept");
        String secret = drawer.revealed("shop");
        clients.apply(clients.plan(SHOP));

        assertThat(clients.plan(SHOP).isEmpty()).isTrue();
        assertThat(keycloak.client("shop"))
                .containsEntry("optionalClientScopes", List.of("orders.read"))
                .containsEntry("description", "kept")
                .containsEntry("secret", secret);
        assertThat(keycloak.client("shop").get("protocolMappers")).asString().doesNotContain("stock");
    }

    @Test
    void switchesThatSomebodyTurnedOnAreSeenAndTurnedOff() {
        clients.apply(clients.plan(SHOP));
        keycloak.client("shop").put("directAccessGrantsEnabled", true);
        keycloak.client("shop").put("implicitFlowEnabled", true);

        ClientPlan plan = clients.plan(SHOP);
        clients.apply(plan);

        assertThat(plan.render()).contains("    -  implicit\n", "    -  password\n");
        assertThat(keycloak.client("shop"))
                .containsEntry("directAccessGrantsEnabled", false)
                .containsEntry("implicitFlowEnabled", false);
    }

    @Test
    void allKindsOfClientsReadBackAsTheyWereWritten() {
        clients.apply(clients.plan(
                SHOP.signsWithKeysAt(URI.create("https://shop.example/jwks")),
                WEB,
                ClientSpec.publicApp("cli", URI.create("http://127.0.0.1/answer")),
                ClientSpec.device("tv")));

        assertThat(drawer.places).containsExactly("shop-team/web");
        assertThat(keycloak.client("shop")).containsEntry("clientAuthenticatorType", "client-jwt");
        assertThat(FakeKeycloak.attributes(keycloak.client("tv")))
                .containsEntry("oauth2.device.authorization.grant.enabled", "true")
                .containsEntry("use.refresh.tokens", "true");
    }

    @Test
    void ourClientsAreDeletedAndOthersAreNot() {
        keycloak.clients.put(
                "x", new LinkedHashMap<>(Map.of("id", "x", "clientId", "account", "attributes", Map.of())));
        clients.apply(clients.plan(SHOP, WEB));

        clients.apply(clients.plan(WEB));

        assertThat(keycloak.clients.values())
                .extracting(client -> client.get("clientId"))
                .containsExactly("account", "web");
        assertThat(clients.plan(ClientSpec.service("account")).problems())
                .extracting(problem -> problem.code())
                .containsExactly("clients.foreign");
    }

    @Test
    void allPagesAreRead() {
        IntStream.range(0, 205)
                .forEach(i -> keycloak.clients.put(
                        "id-" + i,
                        new LinkedHashMap<>(Map.of(
                                "id",
                                "id-" + i,
                                "clientId",
                                "c-" + i,
                                "attributes",
                                Map.of("lintel.owner", "shop-team")))));

        assertThat(registry.ownedBy("shop-team")).hasSize(205);
    }

    @Test
    void aNewSecretEndsTheOldOneUnlessTheRealmRotates() {
        clients.apply(clients.plan(SHOP));

        assertThat(clients.rotate("shop")).isFalse();
        clients.retire("shop");
        assertThat(drawer.revealed("shop")).isEqualTo(keycloak.client("shop").get("secret"));

        keycloak.rotates = true;
        assertThat(clients.rotate("shop")).isTrue();
        assertThat(drawer.revealed("shop")).isEqualTo(keycloak.client("shop").get("secret"));
        assertThat(keycloak.rotated).hasSize(1);
        clients.retire("shop");
        assertThat(keycloak.rotated).isEmpty();
    }

    /** There is room for one old secret: to make a second new one would end what programs have. */
    @Test
    void aNewSecretThatNobodyGotToKnowIsTakenUpInsteadOfMadeAgain() {
        keycloak.rotates = true;
        OAuthClients there = OAuthClients.of("shop-team", registry.rotatingSecrets(), drawer);
        there.apply(there.plan(SHOP));
        String old = drawer.revealed("shop");
        TestClock clock = new TestClock();
        drawer.full = true;
        assertThatThrownBy(() -> there.rotation(clock).begin(SHOP))
                .hasMessage(
                        "client 'shop' has a new secret, but the drawer is full; mend that, then go on: the old one is in"
                                + " force until then");
        drawer.full = false;

        assertThat(there.rotation(clock).go(SHOP).phase()).isEqualTo(RotationPhase.MOVING);

        assertThat(keycloak.rotated.values()).containsExactly(old);
        assertThat(drawer.revealed("shop"))
                .isEqualTo(keycloak.client("shop").get("secret"))
                .isNotEqualTo(old);
        clock.forward(Duration.ofHours(1));
        assertThat(there.rotation(clock).go(SHOP).isDone()).isTrue();
        assertThat(keycloak.rotated).isEmpty();
    }

    @Test
    void aRealmWithoutSuchAPolicyGetsASecondClient() {
        clients.apply(clients.plan(SHOP));

        clients.rotation(new TestClock()).begin(SHOP);

        assertThat(drawer.revealedAll("shop-team/shop"))
                .containsEntry("client_id", "shop-2")
                .containsEntry("issuer", keycloak.url() + "/realms/shop")
                .containsEntry("token_endpoint", keycloak.url() + "/realms/shop/protocol/openid-connect/token");
        assertThat(registry.ownedBy("shop-team"))
                .extracting(KnownClient::id)
                .containsExactlyInAnyOrder("shop", "shop-2");
        assertThat(clients.plan(SHOP).isEmpty()).isTrue();
    }

    @Test
    void whatTheRealmCannotDoIsAProblem() {
        ClientSpec other = ClientSpec.service("shop").grants(ClientGrant.JWT_BEARER);

        assertThatThrownBy(() -> clients.apply(clients.plan(other))).hasMessage("""
                the plan for Keycloak realm 'shop' at %s has 1 problem
                  (1) clients.grant client shop: assertions as a grant (RFC 7523) are not something that is switched on for a client of \
                Keycloak
                      use TOKEN_EXCHANGE (RFC 8693)""".formatted(keycloak.url()));
        assertThat(registry.issuer()).isEqualTo(keycloak.url() + "/realms/shop");
    }
}
