package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.client.Sender.Answer;
import dev.lintel.auth.testing.Events;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract's line on {@code 401}, for each client that a token can be attached to. */
class RefusedTokenContractTest {
    private static final String INVALID = "Bearer realm=\"orders\", error=\"invalid_token\"";

    private final FakeServer orders = new FakeServer();
    private final FakeServer other = new FakeServer();
    private final Events events = new Events();
    private final FakeSource source = new FakeSource(InstantSource.system(), Duration.ofHours(1));
    private final Tokens tokens =
            Tokens.from("shop", source, TokenSettings.defaults().telling(events));
    private final URI origin = URI.create(orders.url());
    private final URI uri = orders.uri("/orders");

    @AfterEach
    void close() {
        tokens.close();
        orders.close();
        other.close();
    }

    /** Accepts one token and refuses all others. */
    private static FakeServer.Answer accepting(String token, int status, String challenge) {
        return exchange -> {
            if (("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeServer.Answer.json("\"welcome\"").give(exchange);
            } else {
                if (challenge != null) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
                }
                FakeServer.Answer.of(status, "text/plain", "no").give(exchange);
            }
        };
    }

    private List<String> carried() {
        return orders.asked().stream()
                .map(asked -> String.valueOf(asked.headers().get("Authorization")))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void invalidTokenIsThrownAwayAndTheCallIsRepeatedOnce(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 401, INVALID));
        Answer answer = client.send(tokens, origin, "POST", uri, "body", false);
        assertThat(answer).isEqualTo(new Answer(200, "\"welcome\""));
        assertThat(carried()).containsExactly("[Bearer t1]", "[Bearer t2]");
        assertThat(orders.asked()).allMatch(asked -> asked.body().equals("body"));
        assertThat(events.of(TokenEvent.Invalidated.class)).hasSize(1);
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(200);
        assertThat(source.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondRefusalIsTheCallers(Sender client) throws Exception {
        orders.on("/orders", accepting("none", 401, INVALID));
        assertThat(client.get(tokens, origin, uri)).isEqualTo(new Answer(401, "no"));
        assertThat(carried()).containsExactly("[Bearer t1]", "[Bearer t2]");
    }

    @ParameterizedTest
    @EnumSource
    void aBare401IsRepeatedOnlyIfThatIsSaid(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 401, null));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        assertThat(carried()).hasSize(1);
        assertThat(client.get(tokens.retryingBare401(), origin, uri).status()).isEqualTo(200);
        orders.on("/orders", accepting("t3", 401, "Bearer realm=\"orders\""));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        assertThat(client.get(tokens.retryingBare401(), origin, uri).status()).isEqualTo(200);
        orders.on("/orders", accepting("t4", 401, "Basic realm=\"orders\""));
        assertThat(client.get(tokens.retryingBare401(), origin, uri).status())
                .as("it wants something else")
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void a403IsNeverRepeated(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 403, INVALID));
        assertThat(client.get(tokens.retryingBare401(), origin, uri)).isEqualTo(new Answer(403, "no"));
        assertThat(carried()).hasSize(1);
        assertThat(events.of(TokenEvent.Invalidated.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void insufficientScopeIsReportedNotLooped(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 403, "Bearer error=\"insufficient_scope\", scope=\"orders.write\""));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(403);
        assertThat(carried()).hasSize(1);
        assertThat(events.of(TokenEvent.StepUp.class))
                .containsExactly(new TokenEvent.StepUp(
                        tokens.handle().key(),
                        tokens.token().id(),
                        orders.url(),
                        "insufficient_scope",
                        List.of("orders.write"),
                        List.of(),
                        null));
    }

    @ParameterizedTest
    @EnumSource
    void insufficientUserAuthenticationIsReportedNotLooped(Sender client) throws Exception {
        String challenge = "Bearer error=\"insufficient_user_authentication\", acr_values=\"gold\", max_age=\"60\"";
        orders.on("/orders", accepting("t2", 401, challenge));
        assertThat(client.get(tokens.retryingBare401(), origin, uri).status()).isEqualTo(401);
        assertThat(carried()).hasSize(1);
        TokenEvent.StepUp wanted = events.of(TokenEvent.StepUp.class).get(0);
        assertThat(wanted.contexts()).containsExactly("gold");
        assertThat(wanted.maxAge()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource
    void aChallengeThatQuotesTheTokenIsNotPassedOn(Sender client) throws Exception {
        source.answers((number, asked) -> FakeSource.fetched("canary-quoted", asked, Duration.ofHours(1)));
        orders.on("/orders", accepting("x", 403, "Bearer error=\"insufficient_scope\", scope=\"canary-quoted\""));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(403);
        assertThat(events.of(TokenEvent.StepUp.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatCannotBeSentTwiceIsNotButTheTokenIsThrownAway(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 401, INVALID));
        assertThat(client.send(tokens, origin, "POST", uri, "once", true)).isEqualTo(new Answer(401, "no"));
        assertThat(carried()).containsExactly("[Bearer t1]");
        assertThat(client.send(tokens, origin, "POST", uri, "once", true).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aChallengeThatBreaksTheGrammarMeansNothing(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 401, INVALID + "\""));
        assertThat(client.get(tokens.retryingBare401(), origin, uri).status()).isEqualTo(401);
        assertThat(carried()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void withoutANewTokenTheRefusalIsTheCallers(Sender client) throws Exception {
        orders.on("/orders", accepting("t2", 401, INVALID));
        assertThat(tokens.token().value().reveal()).isEqualTo("t1");
        source.answers(FakeSource.failure(Kind.RETRYABLE));
        assertThat(client.get(tokens, origin, uri)).isEqualTo(new Answer(401, "no"));
        assertThat(carried()).hasSize(1);
        assertThat(events.of(TokenEvent.BackedOff.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void theSameTokenIsNotSentAgain(Sender client) throws Exception {
        source.answers((number, asked) -> FakeSource.fetched("same", asked, Duration.ofHours(1)));
        orders.on("/orders", accepting("t2", 401, INVALID));
        assertThat(client.get(tokens, origin, uri)).isEqualTo(new Answer(401, "no"));
        assertThat(carried()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void oneCallInTenIsRepeated(Sender client) throws Exception {
        orders.on("/orders", accepting("none", 401, INVALID));
        int calls = 40;
        for (int i = 0; i < calls; i++) {
            assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        }
        assertThat(orders.asked().size() - calls).isBetween(10, 10 + calls / 10 + 1);
        assertThat(source.requests()).isLessThanOrEqualTo(10 + calls / 10 + 2);
    }

    @ParameterizedTest
    @EnumSource
    void aHugeRefusalIsNotKept(Sender client) throws Exception {
        String huge = "x".repeat(200_000);
        orders.on("/orders", exchange -> {
            if ("Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", INVALID);
                FakeServer.Answer.of(401, "text/plain", huge).give(exchange);
            } else {
                FakeServer.Answer.json("{}").give(exchange);
            }
        });
        Answer answer = client.get(tokens, origin, uri);
        assertThat(answer.status()).isEqualTo(client == Sender.CLASSIC ? 200 : 401);
        assertThat(answer.body()).hasSize(client == Sender.CLASSIC ? 2 : huge.length());
        assertThat(client.get(tokens, origin, uri)).isEqualTo(new Answer(200, "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void requestsToOtherOriginsCarryNothing(Sender client) throws Exception {
        other.on("/orders", FakeServer.Answer.json("{}"));
        assertThat(client.get(tokens, origin, other.uri("/orders")).status()).isEqualTo(200);
        assertThat(other.asked().get(0).headers()).doesNotContainKeys("Authorization", "DPoP");
        assertThat(source.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JDK")
    void redirectsCarryTheTokenToNobodyElse(Sender client) throws Exception {
        orders.on("/away", FakeServer.Answer.redirect(other.url() + "/back"))
                .on("/orders", accepting("t1", 401, INVALID));
        other.on("/back", FakeServer.Answer.redirect(orders.url() + "/orders"));
        assertThat(client.get(tokens, origin, orders.uri("/away")).status()).isEqualTo(200);
        assertThat(carried()).containsExactly("[Bearer t1]", "[Bearer t1]");
        assertThat(other.asked().get(0).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void aClientThatFollowsRedirectsByItselfIsRefused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> tokens.client(following, origin))
                .hasMessage("an HttpClient that follows redirects would carry the token on to other hosts: leave"
                        + " followRedirects at NEVER, but it was NORMAL");
    }
}
