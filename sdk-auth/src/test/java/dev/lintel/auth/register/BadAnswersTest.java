package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Servers that refuse, break or talk nonsense: each time it is said where, what came and what to do. */
class BadAnswersTest {
    private static final ClientSpec SHOP = ClientSpec.service("shop");

    @TestFactory
    Stream<DynamicTest> whatAServerAnswersIsToldWithWhatToDo() {
        String json = "application/json";
        Map<String, Answer> answers = new LinkedHashMap<>();
        String check = "; check that the address is the one of the management interface";
        String list = "did not answer with a JSON array of objects" + check;
        answers.put("HTML: " + list, Answer.of(200, "text/html", "<html>"));
        answers.put("an object: " + list, Answer.of(200, json, "{}"));
        answers.put("an array of numbers: " + list, Answer.of(200, json, "[1]"));
        answers.put("an array with nothing in it: " + list, Answer.of(200, json, "[null]"));
        answers.put("a broken array: " + list, Answer.of(200, json, "[{\"client_id\":\"shop\"}"));
        answers.put("a member twice: " + list, Answer.of(200, json, "[{\"a\":1,\"a\":2}]"));
        answers.put("seventeen levels: " + list, Answer.of(200, json, "[".repeat(17) + "]".repeat(17)));
        answers.put(
                "too much: answered with more than 4194304 bytes; look at what is there now by a new plan, and apply that",
                Answer.of(200, json, " ".repeat(4 * 1024 * 1024 + 1)));
        answers.put(
                "nothing: broke off the exchange; look at what is there now by a new plan, and apply that",
                exchange -> exchange.close());
        answers.put(
                "a redirect: answered 302: redirects are not followed; use the address that it redirects to",
                Answer.redirect("http://127.0.0.1:1/"));
        answers.put(
                "401: answered 401: it does not know who asks; check the credentials for its management interface",
                Answer.of(401, json, "{}"));
        answers.put(
                "403: answered 403: who asks may not do this; give that account the right to manage clients",
                Answer.of(403, json, "{}"));
        answers.put(
                "404: answered 404: it is not there; check the address, and look at what is there now by a new plan",
                Answer.of(404, json, "{}"));
        answers.put("429: answered 429: it is asked too often; plan again later", Answer.of(429, json, "{}"));
        answers.put(
                "500: answered 500: the server did not do it; look at its log, and plan again",
                Answer.of(500, json, "{}"));
        return answers.entrySet().stream().map(one -> {
            String[] name = one.getKey().split(": ", 2);
            return DynamicTest.dynamicTest(name[0], () -> {
                try (FakeServer server = new FakeServer();
                        HydraRegistry hydra = HydraRegistry.at(server.uri("/"))) {
                    server.on("/admin/clients", one.getValue());

                    assertThatThrownBy(() -> OAuthClients.of("shop-team", hydra, new Drawer())
                                    .plan(SHOP))
                            .isInstanceOf(RegistryException.class)
                            .hasMessage("Hydra at " + server.url() + "/: GET /admin/clients " + name[1])
                            .hasNoCause();
                }
            });
        });
    }

    @Test
    void anotherClientThanTheOneThatWasAskedForIsNotTaken() {
        try (FakeServer server = new FakeServer();
                HydraRegistry hydra = HydraRegistry.at(server.uri(""))) {
            server.on("/admin/clients", Answer.json("[]"))
                    .on("/admin/clients/shop", Answer.json("{\"client_id\":\"web\"}"));

            assertThatThrownBy(() ->
                            OAuthClients.of("shop-team", hydra, new Drawer()).plan(SHOP))
                    .hasMessage(
                            "Hydra at " + server.url() + ": GET /admin/clients/shop did not answer with the client that"
                                    + " was asked for; check that the address is the one of the management interface");
        }
    }

    @Test
    void aClientThatSomebodyMadeMeanwhileIsNotOverwritten() {
        try (FakeHydra hydra = new FakeHydra();
                HydraRegistry registry = HydraRegistry.at(hydra.url())) {
            Drawer drawer = new Drawer();

            registry.create(SHOP, "other-team", null, Secret.of("theirs"));

            assertThatThrownBy(() -> registry.create(SHOP, "shop-team", null, Secret.of("ours")))
                    .hasMessage(
                            "Hydra at " + hydra.url() + ": POST /admin/clients answered 409: it exists already; look at"
                                    + " what is there now by a new plan");
            assertThat(hydra.secrets.get("shop")).containsExactly("theirs");
            assertThat(drawer.revealedAll("shop-team/shop")).isEmpty();
        }
    }

    @Test
    void anAddressThatAnybodyCouldListenToIsRefused() {
        assertThatThrownBy(() -> HydraRegistry.at(URI.create("http://hydra.example:4445")))
                .hasMessage(
                        "the address of Hydra at http://hydra.example:4445 must be https, because anybody on the way"
                                + " could forge what plain http brings; only loopback is excepted, but was"
                                + " 'http://hydra.example:4445'");
    }

    @Test
    void aKeycloakThatFindsTwoClientsOfOneNameIsNotTrusted() {
        try (FakeKeycloak keycloak = new FakeKeycloak();
                KeycloakRegistry registry =
                        KeycloakRegistry.at(keycloak.url(), "shop", "lintel-admin", Secret.of("admin-secret"))) {
            keycloak.server.on(
                    "/admin/realms/shop/clients", Answer.json("[{\"clientId\":\"shop\"},{\"clientId\":\"shop\"}]"));

            assertThatThrownBy(() -> registry.find("shop"))
                    .hasMessage(
                            "Keycloak realm 'shop' at " + keycloak.url() + ": GET /admin/realms/shop/clients did not"
                                    + " answer with the one client that was asked for; check that the address is the one of the"
                                    + " management interface");
        }
    }
}
