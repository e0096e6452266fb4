package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.Logs;
import dev.lintel.core.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Looks for secrets in everything that could be read by somebody while clients are registered. */
class RegisterCanaryTest {
    private static final String KEY = "canary-key-of-the-admin-5e1d";
    private static final ClientSpec SHOP =
            ClientSpec.service("shop").scopes("orders.read").audiences("orders");

    private final List<String> seen = new ArrayList<>();
    private final Drawer drawer = new Drawer();

    /** The next secrets that will be made, so that each of them is a canary, also those that get lost. */
    private static List<String> canaries(long seed) {
        List<String> canaries = new ArrayList<>(List.of(KEY, "admin-token", "made-by-keycloak", "echo-of-hydra"));
        RandomGenerator random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            canaries.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return canaries;
    }

    private void tell(Object value) {
        seen.add(String.valueOf(value));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            tell(stack);
        }
    }

    private void everything(OAuthClients clients, ClientRegistry registry) {
        tell(registry);
        tell(clients);
        for (ClientSpec client : List.of(SHOP, SHOP.scopes("orders.write"))) {
            attempt(() -> {
                ClientPlan plan = clients.plan(client);
                tell(plan + plan.render());
                tell(clients.apply(plan.allowWidening("it is a test")));
            });
        }
        attempt(() -> tell(registry.create(ClientSpec.service("direct"), "shop-team", null, Secret.of(KEY))));
        attempt(() -> tell(registry.rotate("direct", Secret.of(KEY))));
        attempt(() -> tell(clients.rotate("shop")));
        drawer.broken = true;
        attempt(() -> tell(clients.rotate("shop")));
        attempt(() -> clients.apply(clients.plan(SHOP, ClientSpec.service("lost"))));
        drawer.broken = false;
        tell(drawer);
    }

    private void assertSilent(long seed, int atLeast) {
        assertThat(seen).hasSizeGreaterThanOrEqualTo(atLeast);
        for (String canary : canaries(seed)) {
            assertThat(seen).noneMatch(text -> text.contains(canary));
            assertThat(Logs.containing(canary)).isEmpty();
        }
    }

    @Test
    void hydraIsManagedWithoutTellingASecret() {
        try (FakeHydra hydra = new FakeHydra();
                HydraRegistry registry = HydraRegistry.at(hydra.url()).bearer(Secret.of(KEY))) {
            OAuthClients clients = OAuthClients.of("shop-team", registry, drawer, new Random(11));
            everything(clients, registry);
            assertThat(drawer.places).isNotEmpty();
            assertThat(canaries(11)).contains(drawer.revealed("shop"));
            assertThat(hydra.server.asked())
                    .allMatch(asked -> asked.headers().get("Authorization").equals(List.of("Bearer " + KEY)));

            for (Answer trouble : List.of(
                    Answer.of(500, "echo-of-hydra", "{\"error\":\"echo-of-hydra\"}"),
                    Answer.json("\"echo-of-hydra\""),
                    Answer.json("[{\"echo-of-hydra\":1,\"echo-of-hydra\":2}]"),
                    Answer.redirect("http://127.0.0.1:1/?echo-of-hydra"))) {
                hydra.trouble = trouble;
                everything(clients, registry);
            }
        }
        assertSilent(11, 40);
    }

    @Test
    void keycloakIsManagedWithoutTellingASecret() {
        try (FakeKeycloak keycloak = new FakeKeycloak();
                KeycloakRegistry registry =
                        KeycloakRegistry.at(keycloak.url(), "shop", "lintel-admin", Secret.of(KEY))) {
            everything(OAuthClients.of("shop-team", registry, drawer, new Random(12)), registry);
            assertThat(drawer.places).isNotEmpty();
        }
        assertSilent(12, 9);
    }
}
