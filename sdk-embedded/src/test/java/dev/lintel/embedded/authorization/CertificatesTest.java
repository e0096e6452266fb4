package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.X509CertificateConfirmation;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 8705, over real TLS. */
class CertificatesTest {
    private static final String FORM = "grant_type=client_credentials&client_id=";
    private static final Papers SERVER = Papers.selfSigned("CN=id");
    private static final Papers AUTHORITY = Papers.authority("CN=Authority,O=Example");

    private final AuthorizationServer server = AuthorizationServer.start(s -> s.clock(new MovableClock())
            .audience("orders")
            .signingAlgorithm(SigningAlgorithm.ES256)
            .tls(SERVER.pem(), Secret.of(SERVER.key()))
            .clientAuthorities(AUTHORITY.pem()));

    @AfterEach
    void stop() {
        server.close();
    }

    private Caller as(@Nullable Papers papers) {
        return new Caller(server, SERVER.client(papers));
    }

    private static void refused(HttpResponse<String> answer) {
        Office.isError(answer, 401, "invalid_client", "the client must show its certificate");
    }

    @Test
    void aClientIsKnownByTheNameForWhichAnAuthorityVouches() throws Exception {
        server.client(ClientRegistration.tls("shop", "cn=Shop, o=Example"));
        Papers shop = AUTHORITY.vouchesFor("CN=shop,O=Example");

        JsonNode tokens = Office.good(as(shop).form(FORM + "shop"));

        String hash =
                X509CertificateConfirmation.of(shop.certificate).getValue().toString();
        assertThat(hash)
                .isEqualTo(
                        X509CertUtils.computeSHA256Thumbprint(shop.certificate).toString());
        assertThat(SignedJWT.parse(tokens.get("access_token").textValue())
                        .getJWTClaimsSet()
                        .getClaim("cnf"))
                .isEqualTo(Map.of("x5t#S256", hash));
        assertThat(tokens.get("token_type").textValue()).isEqualTo("Bearer");
    }

    @Test
    void anotherNameOrAnotherAuthorityProvesNothing() {
        server.client(ClientRegistration.tls("shop", "CN=shop,O=Example"));
        refused(as(AUTHORITY.vouchesFor("CN=shop,O=Other")).form(FORM + "shop"));
        refused(as(Papers.authority("CN=Authority,O=Example").vouchesFor("CN=shop,O=Example"))
                .form(FORM + "shop"));
        refused(as(Papers.selfSigned("CN=shop,O=Example")).form(FORM + "shop"));
        refused(as(AUTHORITY).form(FORM + "shop"));
        refused(as(null).form(FORM + "shop"));
    }

    @Test
    void aClientIsKnownByItsOwnCertificate() {
        Papers shop = Papers.selfSigned("CN=shop");
        server.client(ClientRegistration.selfSignedTls("shop", shop.certificate));
        Office.good(as(shop).form(FORM + "shop"));
        refused(as(Papers.selfSigned("CN=shop")).form(FORM + "shop"));
        refused(as(null).form(FORM + "shop"));
    }

    @Test
    void aClientWithASecretMayBindItsTokensToACertificate() {
        server.client(ClientRegistration.of("shop", Secret.of("s3cret")).certificateBound());
        Papers papers = Papers.selfSigned("CN=whoever");
        JsonNode tokens = Office.good(as(papers).token("shop", "s3cret", "grant_type=client_credentials"));
        String answer = as(papers)
                .send(
                        "POST",
                        "/introspect",
                        Office.form("token", tokens.get("access_token").textValue()),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        Caller.basic("shop", "s3cret"))
                .body();
        assertThat(Caller.json(answer).get("cnf").get("x5t#S256").textValue())
                .isEqualTo(X509CertUtils.computeSHA256Thumbprint(papers.certificate)
                        .toString());
        Office.isError(
                as(null).token("shop", "s3cret", "grant_type=client_credentials"),
                "invalid_request",
                "this client must show a certificate, to which its tokens are bound");
    }

    @Test
    void theMetadataNamesHttpsAddressesAndTheWaysThatNeedThem() {
        JsonNode metadata = Caller.json(
                as(null).get("/.well-known/oauth-authorization-server").body());
        assertThat(server.issuer().getScheme()).isEqualTo("https");
        assertThat(metadata.get("token_endpoint").textValue()).isEqualTo(server.issuer() + "/token");
        assertThat(metadata.get("token_endpoint_auth_methods_supported"))
                .extracting(JsonNode::textValue)
                .contains("tls_client_auth", "self_signed_tls_client_auth");
        assertThat(metadata.get("tls_client_certificate_bound_access_tokens").booleanValue())
                .isTrue();
        assertThat(metadata.get("mtls_endpoint_aliases").get("token_endpoint").textValue())
                .isEqualTo(server.issuer() + "/token");
    }

    @Test
    void whoSpeaksInClearIsNotAnswered() {
        assertThatThrownBy(() -> {
                    try (Wire wire = new Wire(server.issuer())) {
                        assertThat(wire.send("GET /jwks HTTP/1.1\r\nHost: id\r\n\r\n")
                                        .rest())
                                .doesNotContain("HTTP/1.1");
                        throw new UncheckedIOException(new IOException("closed"));
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aConnectionThatIsClosedAfterItsAnswerBringsItWhole() {
        HttpResponse<String> answer = as(null).send("GET", "/jwks", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(as(null).send("BREW", "/jwks", "x".repeat(70_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void withTlsItMayListenBeyondThisMachine() throws Exception {
        AuthorizationSettings settings = AuthorizationSettings.defaults().tls(SERVER.pem(), Secret.of(SERVER.key()));
        assertThat(settings.address(InetAddress.getByName("0.0.0.0"))).isNotNull();
    }

    @Test
    void papersThatCannotBeReadAreRefusedAtTheCallOrTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.tls("shop", "no name"))
                .withMessage("a certificate's subject must be a distinguished name, as in 'CN=shop,O=Example', but"
                        + " was 'no name'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.selfSignedTls("shop"))
                .withMessage("client 'shop' needs at least one certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationSettings.defaults().clientAuthorities("x"))
                .withMessage("say tls(…) first: without TLS no client shows a certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationServer.start(s -> s.tls("canary", Secret.of("canary"))))
                .withMessage("the server's certificate must be PEM and its key PEM in PKCS #8, and both must belong"
                        + " together")
                .withNoCause();
    }
}
