package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.embedded.authorization.faults.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chaos of a whole server. */
class ServerChaosTest {
    private final Office office = new Office();
    private final AuthorizationServer server = office.server;

    @AfterEach
    void stop() {
        office.close();
    }

    @Test
    void aLostRotationReplyUsesTheOldTokenUp() {
        server.client(Office.shop("shop"));
        String first = server.refreshToken("shop", "alice", "orders.read").reveal();
        Disturbance lost = server.chaos().loseNextRotationReply();

        assertThatThrownBy(() -> office.caller.token("shop", "s3cret", Office.refresh(first)))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(lost.hits()).isEqualTo(1);
        assertThat(server.tokenRequests()).isEqualTo(1);
        Office.isError(
                office.caller.token("shop", "s3cret", Office.refresh(first)),
                "invalid_grant",
                "the refresh token has been used before; all tokens of its family are revoked");
    }

    @Test
    void aRefreshTokenWithoutALoginIsGoodForWhatTheUserAllowed() {
        server.client(Office.shop("shop"));
        server.client(ClientRegistration.of("plain", Secret.of("s3cret")));
        Secret token = server.refreshToken("shop", "alice", "orders.read");
        assertThat(token).hasToString("[redacted]");
        assertThat(office.tokens("shop", Office.refresh(token.reveal()))
                        .get("scope")
                        .textValue())
                .isEqualTo("orders.read");
        assertThatThrownBy(() -> server.refreshToken("nobody", "alice")).hasMessage("no client 'nobody' is registered");
        assertThatThrownBy(() -> server.refreshToken("plain", "alice"))
                .hasMessage("client 'plain' may not use refresh tokens; name"
                        + " GrantTypes.REFRESH_TOKEN among its grants(…)");
    }

    @Test
    void placesAreWhereTheEndpointsAre() {
        Map<Place, List<String>> places = Map.of(
                Place.TOKEN, List.of(Paths.TOKEN),
                Place.JWKS, List.of(Paths.JWKS),
                Place.METADATA, List.of(Paths.METADATA, Paths.OPENID_METADATA),
                Place.AUTHORIZATION, List.of(Paths.AUTHORIZE),
                Place.INTROSPECTION, List.of(Paths.INTROSPECT),
                Place.REVOCATION, List.of(Paths.REVOKE),
                Place.REGISTRATION, List.of(Paths.REGISTER),
                Place.DEVICE_AUTHORIZATION, List.of(Paths.DEVICE_AUTHORIZATION),
                Place.PUSHED_AUTHORIZATION, List.of(Paths.PAR));
        for (Place place : Place.values()) {
            assertThat(place.paths()).as(place.name()).containsExactlyInAnyOrderElementsOf(places.get(place));
        }
    }

    @Test
    void eachEndpointHasItsChaos() {
        var chaos = server.chaos();
        Stream.of(
                        chaos.token(),
                        chaos.jwks(),
                        chaos.metadata(),
                        chaos.authorization(),
                        chaos.introspection(),
                        chaos.revocation(),
                        chaos.registration(),
                        chaos.deviceAuthorization(),
                        chaos.pushedAuthorization())
                .forEach(point -> point.status(500));
        for (Place place : Place.values()) {
            for (String path : place.paths()) {
                assertThat(office.caller.get(path).statusCode()).as(path).isEqualTo(500);
            }
        }
        assertThat(office.caller.get("/userinfo").statusCode()).isEqualTo(401);
        assertThat(chaos.hits()).hasSize(10);
        assertThat(server.requests()).extracting(EndpointRequest::endpoint).containsOnly("/userinfo");
    }

    @Test
    void keysAreRotatedUnderANewNameAndUnderTheOldOne() throws Exception {
        String first = kid(server.issue("alice", "orders"));
        server.chaos().rotateKeySameKid();
        String swapped = server.issue("alice", "orders");
        assertThat(kid(swapped)).isEqualTo(first);
        server.chaos().rotateKey();
        assertThat(kid(server.issue("alice", "orders"))).isNotEqualTo(first);
        assertThat(new Verifier(server, SigningAlgorithm.ES256, office.clock)
                        .verify(swapped, "orders")
                        .getSubject())
                .isEqualTo("alice");
    }

    private static String kid(String token) throws Exception {
        return com.nimbusds.jwt.SignedJWT.parse(token).getHeader().getKeyID();
    }

    @Test
    void theClockIsMovedIfItCanBe() {
        VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z"));
        try (AuthorizationServer virtual =
                AuthorizationServer.start(s -> s.clock(clock).signingAlgorithm(SigningAlgorithm.ES256))) {
            virtual.chaos().clock().forward(Duration.ofHours(2));
            assertThat(clock.instant()).isEqualTo("2030-01-01T14:00:00Z");
        }
        assertThatThrownBy(() -> server.chaos().clock())
                .hasMessage("the server goes by a clock that cannot be moved; start it with a virtual one:"
                        + " AuthorizationServer.start(s -> s.clock(VirtualClock.of(start)))");
    }

    @Test
    void aTokenMaySayWhatATestWants() throws Exception {
        DirectToken token = DirectToken.of("alice").scopes("a", "b").claim("tenant", "acme");
        var claims = com.nimbusds.jwt.SignedJWT.parse(server.issue(token)).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("orders");
        assertThat(claims.getStringClaim("scope")).isEqualTo("a b");
        assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo("2030-01-01T12:05:00Z");

        var expired = com.nimbusds.jwt.SignedJWT.parse(
                        server.issue(token.audiences("x").subject("bob").lifetime(Duration.ofHours(-1))))
                .getJWTClaimsSet();
        assertThat(expired.getIssueTime().toInstant()).isEqualTo("2030-01-01T10:55:00Z");
        assertThat(expired.getExpirationTime().toInstant()).isEqualTo("2030-01-01T11:00:00Z");
        assertThat(expired.getAudience()).containsExactly("x");
        assertThat(expired.getSubject()).isEqualTo("bob");
        assertThatThrownBy(() -> token.lifetime(Duration.ofDays(-2)))
                .hasMessage("a token's lifetime must be a day at most, either way, but was PT-48H");
    }
}
