package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.testkit.Hydra;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Clients at a real Hydra get real tokens. Each test has an owner of its own. */
class RealHydraTest {
    private static final int TRIES = 5;
    private static Hydra hydra;

    private final Drawer drawer = new Drawer();
    private final HydraRegistry registry =
            HydraRegistry.at(hydra.admin()).issuer(hydra.issuer().toString());

    @BeforeAll
    static void start() {
        Path binary = Hydra.binary().orElse(null);
        Assumptions.assumeTrue(binary != null, "there is no Go or no C compiler of which Hydra could be built");
        hydra = Hydra.start(binary);
    }

    @AfterAll
    static void stop() {
        if (hydra != null) {
            hydra.close();
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static String owner(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> read(String owner, String id) {
        return drawer.revealedAll(owner + "/" + id);
    }

    /** Only a token and a refusal are answers; a server that is busy is asked again, and what it says then is the failure. */
    private static boolean getsAToken(Map<String, String> values) {
        Secret secret = Secret.of(values.get("client_secret"));
        TokenException last = null;
        for (int i = 0; i < TRIES; i++) {
            try (Tokens tokens = Tokens.of(
                    ClientCredentials.of(hydra.issuer().toString(), values.get("client_id"), secret, "orders.read"))) {
                return tokens.token().scopes().contains("orders.read");
            } catch (TokenException e) {
                if (e.kind() == TokenFetchException.Kind.PERMANENT) {
                    return false;
                }
                last = e;
            }
        }
        throw new AssertionError("Hydra gives no answer", last);
    }

    private static ClientSpec shop(String id) {
        return ClientSpec.service(id).scopes("orders.read").audiences("orders");
    }

    @Test
    void aRegisteredClientGetsTokensIsLeftAloneAndRemoved(TestInfo test) {
        String owner = owner(test);
        OAuthClients clients = OAuthClients.of(owner, registry, drawer);

        clients.apply(clients.plan(shop("life")));

        assertThat(read(owner, "life"))
                .containsEntry("client_id", "life")
                .containsEntry("issuer", hydra.issuer().toString())
                .containsEntry("token_endpoint", hydra.issuer() + "/oauth2/token");
        assertThat(getsAToken(read(owner, "life"))).isTrue();
        Map<String, String> before = read(owner, "life");
        ClientPlan again = clients.plan(shop("life"));
        assertThat(again.isEmpty()).as(again.render()).isTrue();
        clients.apply(again);
        assertThat(read(owner, "life")).isEqualTo(before);
        assertThat(registry.find("life").orElseThrow().place()).isEqualTo(new SecretPlace(owner, "life"));
        ClientSpec more = shop("life").scopes("orders.write");
        assertThatThrownBy(() -> clients.apply(clients.plan(more))).hasMessageContaining("plan.widens");
        clients.apply(clients.plan(more).allowWidening("refunds"));
        assertThat(getsAToken(read(owner, "life"))).isTrue();
        clients.apply(clients.plan());
        assertThat(registry.find("life")).isEmpty();
        assertThat(getsAToken(before)).isFalse();
        assertThat(read(owner, "life")).isEmpty();
        assertThat(Logs.containing(before.get("client_secret"))).isEmpty();
    }

    /** This Hydra keeps no old secrets, so that a second client takes the place of the first. */
    @Test
    void aSecretIsReplacedWhileProgramsUseIt(TestInfo test) {
        String owner = owner(test);
        OAuthClients clients = OAuthClients.of(owner, registry, drawer);
        clients.apply(clients.plan(shop("moving")));
        Map<String, String> old = read(owner, "moving");
        TestClock clock = new TestClock();
        Rotation rotation = clients.rotation(clock).after(Duration.ofHours(1));

        assertThat(rotation.begin(shop("moving")).phase()).isEqualTo(RotationPhase.MOVING);

        assertThat(registry.keepsOldSecrets("moving")).isFalse();
        assertThat(read(owner, "moving")).containsEntry("client_id", "moving-2");
        assertThat(getsAToken(old)).isTrue();
        assertThat(getsAToken(read(owner, "moving"))).isTrue();
        assertThat(clients.plan(shop("moving")).isEmpty()).isTrue();
        clock.forward(Duration.ofHours(1));
        assertThat(rotation.go(shop("moving")).isDone()).isTrue();
        assertThat(getsAToken(old)).isFalse();
        assertThat(getsAToken(read(owner, "moving"))).isTrue();
        assertThat(clients.plan(shop("moving")).changes()).hasSize(1);
        assertThat(clients.plan(shop("moving")).isEmpty()).isTrue();
    }

    @Test
    void whoIsNotOursIsNotTouched(TestInfo test) throws Exception {
        String owner = owner(test);
        HttpClient http = HttpClient.newHttpClient();
        int made = http.send(
                        HttpRequest.newBuilder(hydra.admin().resolve("/admin/clients"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"client_id\": \"theirs\", \"scope\": \"all\"}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(made).isEqualTo(201);
        OAuthClients clients = OAuthClients.of(owner, registry, drawer);

        assertThat(clients.plan(shop("theirs")).problems()).extracting("code").containsExactly("clients.foreign");
        clients.apply(clients.plan());
        assertThat(registry.find("theirs").orElseThrow().facts().scopes()).containsExactly("all");
    }

    @Test
    void allPagesAreRead(TestInfo test) {
        String owner = owner(test);
        URI admin = hydra.admin();
        try (HydraRegistry small = HydraRegistry.at(admin).pages(3)) {
            OAuthClients clients = OAuthClients.of(owner, small, drawer);
            ClientSpec[] many =
                    IntStream.range(0, 8).mapToObj(i -> shop("page-" + i)).toArray(ClientSpec[]::new);
            clients.apply(clients.plan(many));

            assertThat(small.ownedBy(owner)).hasSize(8);
        }
    }
}
