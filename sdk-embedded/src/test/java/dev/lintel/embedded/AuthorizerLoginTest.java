package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a login an authorizer is told of the user whom the service is told of, and of no session's cookie. */
class AuthorizerLoginTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoginWorld world = new LoginWorld();
    private final FakeService opa = Asks.deciding("true");

    @BeforeEach
    void ask() {
        world.gateway.apply(world.gateway
                .plan(
                        Said.orders()
                                .withLogin(world.said())
                                .shaped(draft -> draft.authorizer(Asks.rule(opa.uri())))
                                .define(),
                        Said.named("other").withLogin(world.said()).define())
                .allowWidening("a test"));
    }

    @AfterEach
    void stop() {
        world.close();
        opa.close();
    }

    private JsonNode told() throws Exception {
        return JSON.readTree(opa.asked().get(opa.asked().size() - 1).body())
                .path("input")
                .path("attributes")
                .path("request")
                .path("http")
                .path("headers");
    }

    @Test
    void itIsToldOfTheUserAndNotOfTheCookie() throws Exception {
        Visitor browser = world.known("alice");
        String session = browser.of(world.root()).get(LoginWorld.COOKIE);

        browser.call("GET", world.at("/home"), "X-Auth-Request-User", "mallory", "X_Auth_Request_Email", "m@x");

        assertThat(told().path("x-auth-request-email").asText()).isEqualTo("alice@shop.example");
        assertThat(told().path("x-auth-request-user").asText()).isEqualTo("alice");
        assertThat(told().has("x_auth_request_email")).isFalse();
        assertThat(opa.asked()).noneMatch(one -> one.body().contains(session));
    }

    /** What nobody judges does not count in place of the session, so that the authorizer must not think so. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic eDp5", "Bearerx", "Negotiate abc", "Bearer rubbish"})
    void anotherSchemeDoesNotHideTheUser(String authorization) throws Exception {
        Visitor browser = world.known("alice");

        browser.call("GET", world.at("/home"), "Authorization", authorization);

        assertThat(browser.body()).contains("x-auth-request-user: alice");
        assertThat(told().path("x-auth-request-user").asText()).isEqualTo("alice");
    }

    @Test
    void onPublicPathsNobodyIsWhoTheySay() throws Exception {
        world.visitor()
                .call("GET", world.at("/static/a"), "X-Auth-Request-User", "mallory", "x-forwarded-email", "m@x");

        assertThat(told().has("x-auth-request-user")).isFalse();
        assertThat(told().has("x-forwarded-email")).isFalse();
    }
}
