package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where secrets go, what stands in their way, and what clients may do more; the server is a Hydra. */
class SecretPlacesTest {
    private static final SecretPlace PLACE = SecretPlace.of("shop/checkout-oauth");
    private static final ClientSpec CHECKOUT =
            ClientSpec.service("checkout").scopes("orders.read").secretIn("shop/checkout-oauth");

    private final FakeHydra hydra = new FakeHydra();
    private final MemorySecretSink sink = new MemorySecretSink();
    private final HydraRegistry registry = HydraRegistry.at(hydra.url()).issuer("https://hydra.example/");
    private final OAuthClients clients = OAuthClients.of("shop-team", registry, sink);

    @AfterEach
    void close() {
        registry.close();
        hydra.close();
    }

    private String value(String key) {
        return sink.value(PLACE, key).map(Secret::reveal).orElse("none");
    }

    private static List<String> rendered(List<Problem> problems) {
        return problems.stream().map(Problem::render).toList();
    }

    @Test
    void aProgramFindsAllThatItNeedsInThePlaceThatWasSaid() {
        clients.apply(clients.plan(CHECKOUT));

        assertThat(value("client_id")).isEqualTo("checkout");
        assertThat(hydra.secrets.get("checkout")).containsExactly(value("client_secret"));
        assertThat(value("issuer")).isEqualTo("https://hydra.example/");
        assertThat(value("token_endpoint")).isEqualTo("https://hydra.example/oauth2/token");
        assertThat(sink.notes(PLACE))
                .contains(Map.of("owner", "shop-team", "client", "checkout", "generation", "1", "phase", "stable"));
        assertThat(hydra.clients.get("checkout"))
                .containsEntry("metadata", Map.of("lintel.dev/secret", "shop/checkout-oauth"));
        assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
    }

    @Test
    void whatOthersSayInTheMetadataStays() {
        clients.apply(clients.plan(CHECKOUT));
        hydra.clients.get("checkout").put("metadata", Map.of("team", "blue"));

        clients.apply(clients.plan(CHECKOUT.scopes("orders.write")).allowWidening("refunds"));

        assertThat(hydra.clients.get("checkout"))
                .containsEntry("metadata", Map.of("team", "blue", "lintel.dev/secret", "shop/checkout-oauth"));
    }

    @Test
    void aSecretGoesWithItsClient() {
        clients.apply(clients.plan(CHECKOUT));

        clients.apply(clients.plan());

        assertThat(sink.notes(PLACE)).isEmpty();
        assertThat(hydra.clients).isEmpty();
    }

    @Test
    void registeringBeforeTheRoutesDeletesNobodyYet() {
        clients.apply(clients.plan(CHECKOUT));
        ClientSpec other = ClientSpec.service("other");

        clients.register(clients.plan(other));

        assertThat(hydra.clients).containsOnlyKeys("checkout", "other");
        clients.apply(clients.plan(other));
        assertThat(hydra.clients).containsOnlyKeys("other");
    }

    @Test
    void aPlaceThatBelongsToAnotherClientIsAProblem() {
        clients.apply(clients.plan(CHECKOUT));
        OAuthClients others = OAuthClients.of("other-team", registry, sink);
        ClientSpec thief = ClientSpec.service("thief").secretIn("shop/checkout-oauth");

        assertThat(rendered(others.plan(thief).problems())).containsExactly("""
                clients.secret client thief: shop/checkout-oauth holds the secret of client 'checkout' of 'shop-team'
                      say another place by secretIn(…)""");
        assertThat(rendered(clients.plan(CHECKOUT, thief).problems())).containsExactly("""
                clients.place-twice client thief: wants its secret in shop/checkout-oauth, and so does client 'checkout'
                      say another place for one of them by secretIn(…)""", """
                clients.secret client thief: shop/checkout-oauth holds the secret of client 'checkout' of 'shop-team'
                      say another place by secretIn(…)""");
        assertThatThrownBy(() -> ClientSpec.service("shop").secretIn("checkout"))
                .hasMessage("the place of a secret must be its namespace, '/' and its name, but was 'checkout'");
    }

    @Test
    void aPlaceThatCannotBeReadIsAProblemOfThePlan() {
        SecretSink shut = new SecretSink() {
            @Override
            public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public void note(SecretPlace place, Map<String, String> notes) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public Optional<Map<String, String>> notes(SecretPlace place) throws StoreException {
                throw new StoreException("the secret " + place + " cannot be read");
            }

            @Override
            public void remove(SecretPlace place) {
                throw new IllegalStateException("not asked");
            }
        };
        OAuthClients there = OAuthClients.of("shop-team", registry, shut);

        ClientPlan plan = there.plan(CHECKOUT);

        assertThat(rendered(plan.problems())).containsExactly("""
                clients.secret client checkout: the secret shop/checkout-oauth cannot be read
                      mend that, or say another place by secretIn(…)""");
        assertThatThrownBy(() -> there.apply(plan)).hasMessageContaining("clients.secret");
        assertThat(hydra.clients).isEmpty();
    }

    @Test
    void aSecretThatIsGoneIsToldAndMadeAnewWhenThatIsSaid() {
        clients.apply(clients.plan(CHECKOUT));
        sink.remove(PLACE);

        ClientPlan plan = clients.plan(CHECKOUT);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(rendered(plan.plan().warnings())).containsExactly("""
                clients.lost client checkout: is registered, but its secret is not in shop/checkout-oauth
                      rotate("checkout") puts a new one there; the one that programs have may end by it""");
        clients.rotate("checkout");
        assertThat(hydra.secrets.get("checkout")).contains(value("client_secret"));
        assertThat(clients.plan(CHECKOUT).plan().warnings())
                .extracting(Problem::code)
                .containsExactly("clients.moving");
        clients.retire("checkout");
        assertThat(clients.plan(CHECKOUT).plan().warnings()).isEmpty();
    }

    @Test
    void whatAClientMayDoMoreNeedsPermissionAndWhatItMayDoLessDoesNot() {
        ClientSpec web = ClientSpec.webApp("web", URI.create("https://shop.example/answer"))
                .scopes("openid", "all")
                .secretIn("shop/web");
        clients.apply(clients.plan(web));
        ClientSpec less = ClientSpec.webApp("web", URI.create("https://shop.example/answer"))
                .scopes("openid")
                .secretIn("shop/web");
        ClientSpec more = less.redirects(URI.create("https://evil.example/answer"))
                .grants(ClientGrant.DEVICE_CODE)
                .audiences("orders");

        ClientPlan narrows = clients.plan(less);
        assertThat(narrows.widens()).isFalse();
        assertThat(narrows.render()).contains("    client web: may not ask for scope all any more\n");
        clients.apply(narrows);
        ClientPlan widens = clients.plan(more);

        assertThat(widens.render()).contains("""
                effects:
                  ! client web: may get tokens by urn:ietf:params:oauth:grant-type:device_code
                  ! client web: may ask for audience orders
                  ! client web: may have answers sent to https://evil.example/answer
                """);
        assertThatThrownBy(() -> clients.apply(widens)).hasMessageContaining("has 3 problems");
        assertThat(hydra.clients.get("web")).containsEntry("redirect_uris", List.of("https://shop.example/answer"));
        clients.apply(widens.allowWidening("a new shop"));
        assertThat(clients.plan(more).isEmpty()).isTrue();
        ClientPlan open = clients.plan(more.provesBy(ClientProof.NONE));
        assertThat(open.render()).contains("  ! client web: needs no proof (was: client_secret_basic)\n");
    }

    @Test
    void keysAtAnotherPlaceNeedPermission() {
        ClientSpec signer = ClientSpec.service("signer").signsWithKeysAt(URI.create("https://shop.example/jwks"));
        clients.apply(clients.plan(signer));

        ClientPlan plan = clients.plan(signer.signsWithKeysAt(URI.create("https://evil.example/jwks")));

        assertThat(plan.render())
                .contains("  ! client signer: proves itself by the keys at https://evil.example/jwks (was:"
                        + " https://shop.example/jwks)\n");
        assertThat(plan.widens()).isTrue();
    }

    @Test
    void aHydraThatKeepsOldSecretsNeedsNoSecondClient() {
        clients.apply(clients.plan(CHECKOUT));
        String old = value("client_secret");
        TestClock clock = new TestClock();
        Rotation rotation = clients.rotation(clock);

        rotation.begin(CHECKOUT);

        assertThat(hydra.secrets.get("checkout")).containsExactly(value("client_secret"), old);
        clock.forward(Duration.ofHours(1));
        assertThat(rotation.go(CHECKOUT).isDone()).isTrue();
        assertThat(hydra.secrets.get("checkout")).containsExactly(value("client_secret"));
        assertThat(hydra.clients).containsOnlyKeys("checkout");
    }

    @Test
    void anOlderHydraGetsASecondClientWhoseNameTheSinkTells() {
        hydra.rotates = false;
        clients.apply(clients.plan(CHECKOUT));
        TestClock clock = new TestClock();
        Rotation rotation = clients.rotation(clock);

        rotation.begin(CHECKOUT);

        assertThat(hydra.clients).containsOnlyKeys("checkout", "checkout-2");
        assertThat(value("client_id")).isEqualTo("checkout-2");
        assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
        clients.apply(clients.plan(CHECKOUT.scopes("orders.write")).allowWidening("refunds"));
        assertThat(hydra.clients.get("checkout")).containsEntry("scope", "orders.read orders.write");
        assertThat(hydra.clients.get("checkout-2")).containsEntry("scope", "orders.read orders.write");
        clock.forward(Duration.ofHours(1));
        assertThat(rotation.go(CHECKOUT.scopes("orders.write")).isDone()).isTrue();
        assertThat(hydra.clients).containsOnlyKeys("checkout-2");
        rotation.begin(CHECKOUT.scopes("orders.write"));
        assertThat(hydra.clients).containsOnlyKeys("checkout-2", "checkout-3");
        clients.apply(clients.plan());
        assertThat(hydra.clients).isEmpty();
        assertThat(sink.notes(PLACE)).isEmpty();
    }

    /** Begun with a second client, and then replaced at once: the client that is there is not its own predecessor. */
    @Test
    void aSecretThatIsReplacedAtOnceWhileASecondClientIsBeingMadeEndsNobody() throws StoreException {
        hydra.rotates = false;
        clients.apply(clients.plan(CHECKOUT));
        sink.note(
                PLACE,
                Map.of(
                        "owner",
                        "shop-team",
                        "client",
                        "checkout",
                        "previous",
                        "checkout",
                        "generation",
                        "1",
                        "phase",
                        "adding"));
        assertThatThrownBy(() -> clients.retire("checkout"))
                .hasMessage(
                        "client 'checkout' keeps its old secret, which is the one in shop/checkout-oauth, while a new"
                                + " one is being made; go on with that first");

        clients.rotate("checkout");

        assertThat(sink.notes(PLACE).orElseThrow())
                .doesNotContainKey("previous")
                .containsEntry("phase", "stable")
                .containsEntry("generation", "2");
        assertThat(clients.rotation(new TestClock()).go(CHECKOUT).isDone()).isTrue();
        assertThat(hydra.clients).containsOnlyKeys("checkout");
    }

    @Test
    void theTimeOfASecretThatWasReplacedAtOnceBeginsWhenAClockIsAsked() {
        clients.apply(clients.plan(CHECKOUT));
        clients.rotate("checkout");
        TestClock clock = new TestClock();

        RotationProgress begun = clients.rotation(clock).go(CHECKOUT);

        assertThat(begun.phase()).isEqualTo(RotationPhase.MOVING);
        assertThat(begun.since()).isEqualTo(TestClock.START);
        clock.forward(Duration.ofHours(1));
        assertThat(clients.rotation(clock).go(CHECKOUT).isDone()).isTrue();
    }
}
