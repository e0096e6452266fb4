package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.core.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerTest {
    private final MovableClock clock = new MovableClock();

    private AuthorizationServer start() {
        return AuthorizationServer.start(
                s -> s.clock(clock).audience("orders").signingAlgorithm(SigningAlgorithm.ES256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"})
    void tellsWhereItsEndpointsAre(String path) {
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"), "orders.write", "orders.read");
            HttpResponse<String> found = new Caller(id).get(path);
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.headers().firstValue("Content-Type")).hasValue("application/json");
            String algorithms =
                    "['RS256','RS384','RS512','PS256','PS384','PS512','ES256','ES384','ES512','EdDSA','Ed25519']";
            assertThat(found.body())
                    .contains(Stream.of(
                                    "{'issuer':'ISS','jwks_uri':'ISS/jwks',"
                                            + "'scopes_supported':['orders.read','orders.write'],"
                                            + "'response_types_supported':['code'],",
                                    "'token_endpoint':'ISS/token','introspection_endpoint':'ISS/introspect',"
                                            + "'revocation_endpoint':'ISS/revoke',"
                                            + "'device_authorization_endpoint':'ISS/device_authorization',",
                                    "'grant_types_supported':['client_credentials','authorization_code',"
                                            + "'refresh_token','urn:ietf:params:oauth:grant-type:device_code',"
                                            + "'urn:ietf:params:oauth:grant-type:token-exchange',"
                                            + "'urn:ietf:params:oauth:grant-type:jwt-bearer'],",
                                    "'token_endpoint_auth_methods_supported':['client_secret_basic',"
                                            + "'client_secret_post','private_key_jwt','none'],",
                                    "'introspection_endpoint_auth_methods_supported':['client_secret_basic',"
                                            + "'client_secret_post','private_key_jwt'],",
                                    "'dpop_signing_alg_values_supported':" + algorithms,
                                    "'token_endpoint_auth_signing_alg_values_supported':" + algorithms,
                                    "'subject_types_supported':['public']",
                                    "'id_token_signing_alg_values_supported':['ES256']")
                            .map(part -> part.replace('\'', '"')
                                    .replace("ISS", id.issuer().toString()))
                            .toArray(String[]::new));
        }
    }

    @Test
    void listensOnLoopbackAndNamesItsPort() {
        try (AuthorizationServer id = start()) {
            assertThat(id.issuer().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
            assertThat(id).hasToString("AuthorizationServer " + id.issuer());
        }
    }

    /** By the JDK alone: Nimbus verifies Ed25519 only with a library that is not here. */
    @Test
    void signsWithEd25519IfThatIsWanted() throws Exception {
        try (AuthorizationServer id = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.EDDSA))) {
            JsonNode key =
                    Caller.json(new Caller(id).get("/jwks").body()).get("keys").get(0);
            byte[] x = Base64.getUrlDecoder().decode(key.get("x").textValue());
            byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
            byte[] encoded = Arrays.copyOf(prefix, prefix.length + x.length);
            System.arraycopy(x, 0, encoded, prefix.length, x.length);
            for (int i = 0; i < 10; i++) {
                String[] token = id.issue("alice", "orders").split("\\.");
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
                check.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
                assertThat(check.verify(Base64.getUrlDecoder().decode(token[2])))
                        .isTrue();
            }
            assertThat(key.get("alg").textValue()).isEqualTo("EdDSA");
            assertThat(key.get("crv").textValue()).isEqualTo("Ed25519");
            assertThat(key.has("d")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EDDSA")
    void issuesTokensThatVerifyAgainstItsKeys(SigningAlgorithm algorithm) throws Exception {
        try (AuthorizationServer id =
                AuthorizationServer.start(s -> s.clock(clock).audience("orders").signingAlgorithm(algorithm))) {
            id.client("shop", Secret.of("s3cret"), "orders.read", "orders.write");
            HttpResponse<String> answer =
                    new Caller(id).token("shop", "s3cret", "grant_type=client_credentials&scope=orders.read");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("Pragma")).hasValue("no-cache");
            assertThat(answer.headers().firstValue("Date")).hasValue("Tue, 01 Jan 2030 12:00:00 GMT");
            JsonNode json = Caller.json(answer.body());
            assertThat(json.fieldNames())
                    .toIterable()
                    .containsExactly("access_token", "token_type", "expires_in", "scope");
            assertThat(json.get("token_type").textValue()).isEqualTo("Bearer");
            assertThat(json.get("expires_in").intValue()).isEqualTo(300);
            assertThat(json.get("scope").textValue()).isEqualTo("orders.read");

            String token = json.get("access_token").textValue();
            JWTClaimsSet claims = new Verifier(id, algorithm, clock).verify(token, "orders");
            assertThat(claims.getClaims())
                    .containsOnlyKeys("iss", "sub", "client_id", "aud", "iat", "exp", "jti", "scope")
                    .containsEntry("iss", id.issuer().toString())
                    .containsEntry("sub", "shop")
                    .containsEntry("client_id", "shop")
                    .containsEntry("aud", List.of("orders"))
                    .containsEntry("scope", "orders.read");
            assertThat(claims.getIssueTime()).isEqualTo(Instant.parse("2030-01-01T12:00:00Z"));
            assertThat(claims.getExpirationTime()).isEqualTo(Instant.parse("2030-01-01T12:05:00Z"));
            assertThat(SignedJWT.parse(token).getHeader().toJSONObject())
                    .containsOnlyKeys("alg", "typ", "kid")
                    .containsEntry("alg", algorithm.name())
                    .containsEntry("typ", "at+jwt");
        }
    }

    @Test
    void publishesOnlyThePublicHalf() {
        try (AuthorizationServer id = AuthorizationServer.start()) {
            HttpResponse<String> keys = new Caller(id).get("/jwks");
            assertThat(keys.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
            JsonNode json = Caller.json(keys.body());
            assertThat(json.get("keys")).hasSize(1);
            assertThat(json.get("keys").get(0).fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
            assertThat(json.get("keys").get(0).get("alg").textValue()).isEqualTo("RS256");
        }
    }

    @Test
    void grantsAllScopesUnlessSomeAreAskedFor() {
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"), "orders.read", "orders.write");
            Caller caller = new Caller(id);
            assertThat(scope(caller, "")).isEqualTo("orders.read orders.write");
            assertThat(scope(caller, "&scope=")).isEqualTo("orders.read orders.write");
            assertThat(scope(caller, "&scope=orders.write+orders.write")).isEqualTo("orders.write");
        }
    }

    private static String scope(Caller caller, String more) {
        HttpResponse<String> answer = caller.token("shop", "s", "grant_type=client_credentials" + more);
        return Caller.json(answer.body()).get("scope").textValue();
    }

    @Test
    void saysNothingOfScopesToAClientThatHasNone() throws Exception {
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"));
            HttpResponse<String> answer = new Caller(id).token("shop", "s", "grant_type=client_credentials");
            assertThat(Caller.json(answer.body()).has("scope")).isFalse();
            String token = Caller.json(answer.body()).get("access_token").textValue();
            assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims()).doesNotContainKey("scope");
        }
    }

    @Test
    void makesTokensForTheAudiencesThatAreAskedForAndAllowed() throws Exception {
        try (AuthorizationServer id = start()) {
            id.client(ClientRegistration.of("plain", Secret.of("s")));
            id.client(ClientRegistration.of("shop", Secret.of("s")).audiences("stock", "https://pay.example/"));
            Caller caller = new Caller(id);
            assertThat(audiences(caller, "plain", "")).containsExactly("orders");
            assertThat(audiences(caller, "plain", "&audience=orders")).containsExactly("orders");
            assertThat(audiences(caller, "shop", "")).containsExactly("stock", "https://pay.example/");
            assertThat(audiences(caller, "shop", "&audience=stock")).containsExactly("stock");
            assertThat(audiences(caller, "shop", "&resource=https%3A%2F%2Fpay.example%2F"))
                    .containsExactly("https://pay.example/");
            assertThat(audiences(caller, "shop", "&audience=stock&resource=https%3A%2F%2Fpay.example%2F"))
                    .containsExactly("stock", "https://pay.example/");
        }
    }

    private static List<String> audiences(Caller caller, String client, String more) throws Exception {
        String token = caller.accessToken(client, "s", "grant_type=client_credentials" + more);
        return SignedJWT.parse(token).getJWTClaimsSet().getAudience();
    }

    @Test
    void makesTokensForItselfUnlessAnAudienceIsSaid() throws Exception {
        try (AuthorizationServer id = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.ES256))) {
            id.client("shop", Secret.of("s"));
            assertThat(audiences(new Caller(id), "shop", ""))
                    .containsExactly(id.issuer().toString());
        }
    }

    @Test
    void issuesTokensThatNoClientAskedFor() throws Exception {
        try (AuthorizationServer id = start()) {
            Verifier verifier = new Verifier(id, SigningAlgorithm.ES256, clock);
            assertThat(verifier.verify(id.issue("alice", "stock", "read", "write"), "stock")
                            .getClaims())
                    .containsEntry("sub", "alice")
                    .containsEntry("client_id", "direct")
                    .containsEntry("scope", "read write");
            assertThat(verifier.verify(id.issue("alice", "stock"), "stock").getClaims())
                    .doesNotContainKey("scope");
            assertThat(id.tokenRequests()).isZero();
        }
    }

    @Test
    void tokensEndWithTheirLifetime() throws Exception {
        try (AuthorizationServer id = AuthorizationServer.start(s ->
                s.clock(clock).signingAlgorithm(SigningAlgorithm.ES256).accessTokenLifetime(Duration.ofSeconds(90)))) {
            Verifier verifier = new Verifier(id, SigningAlgorithm.ES256, clock);
            String token = id.issue("alice", "orders");
            clock.forward(Duration.ofSeconds(89));
            assertThat(verifier.verify(token, "orders").getSubject()).isEqualTo("alice");
            clock.forward(Duration.ofSeconds(1));
            assertThatThrownBy(() -> verifier.verify(token, "orders"))
                    .isInstanceOf(BadJOSEException.class)
                    .hasMessage("Expired JWT");
        }
    }

    @Test
    void answersAThousandRequestsFromManyClientsAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"), "orders.read");
            Caller caller = new Caller(id);
            List<Callable<String>> requests = IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(
                            i -> () -> caller.accessToken("shop", "s", "grant_type=client_credentials"))
                    .toList();
            Set<String> identifiers = new HashSet<>();
            for (Future<String> token : callers.invokeAll(requests)) {
                identifiers.add(SignedJWT.parse(token.get()).getJWTClaimsSet().getJWTID());
            }
            assertThat(identifiers).hasSize(1_000);
            assertThat(id.tokenRequests()).isEqualTo(1_000);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void notesEachTokenRequestWithItsOutcome() {
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"), "orders.read");
            Caller caller = new Caller(id);
            caller.token("shop", "s", "grant_type=client_credentials");
            clock.forward(Duration.ofSeconds(1));
            caller.token("shop", "wrong", "grant_type=client_credentials");
            caller.token("shop", "s", "grant_type=client_credentials&scope=orders.write");
            caller.token("shop", "s", "grant_type=magic");
            caller.get("/token");

            Instant now = clock.instant();
            assertThat(id.tokenRequests()).isEqualTo(4);
            assertThat(id.journal())
                    .containsExactly(
                            new TokenRequest(
                                    now.minusSeconds(1),
                                    "shop",
                                    "client_credentials",
                                    List.of("orders.read"),
                                    "issued"),
                            new TokenRequest(now, null, null, List.of(), "invalid_client"),
                            new TokenRequest(now, "shop", "client_credentials", List.of(), "invalid_scope"),
                            new TokenRequest(now, "shop", null, List.of(), "unsupported_grant_type"));
        }
    }

    @Test
    void aClientIsRegisteredOnce() {
        try (AuthorizationServer id = start()) {
            id.client("shop", Secret.of("s"));
            assertThatThrownBy(() -> id.client("shop", Secret.of("other")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("client 'shop' is registered already");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (AuthorizationServer id = start()) {
            int port = id.issuer().getPort();
            assertThatThrownBy(
                            () -> AuthorizationServer.start(s -> s.port(port).signingAlgorithm(SigningAlgorithm.ES256)))
                    .isInstanceOf(java.io.UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void speaksOfItselfAsItsIssuerSays() throws Exception {
        URI outside = URI.create("https://id.example");
        try (AuthorizationServer id =
                AuthorizationServer.start(s -> s.issuer(outside).signingAlgorithm(SigningAlgorithm.ES256))) {
            assertThat(id.issuer()).isEqualTo(outside);
            assertThat(SignedJWT.parse(id.issue("alice", "orders"))
                            .getJWTClaimsSet()
                            .getIssuer())
                    .isEqualTo("https://id.example");
        }
    }

    @Test
    void refusesToSpeakInClearBeyondLoopback() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> AuthorizationSettings.defaults().address(everywhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on 0.0.0.0 secrets would travel in clear: listen on the loopback address,"
                        + " say tls(…), or put TLS in front and say issuer(https://…)");
        assertThat(AuthorizationSettings.defaults()
                        .issuer(URI.create("https://id.example"))
                        .address(everywhere)
                        .address)
                .isEqualTo(everywhere);
    }
}
