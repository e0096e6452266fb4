package dev.lintel.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.TlsClient;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that shows a certificate, to a server that looks at it. */
class TlsClientTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** One certificate for both sides, which trust each other. */
    private static SSLContext both;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpsServer server;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = keys(folder, "CN=shop");
        both = context(keys, keys);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(both) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = both.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String url = "https://localhost:" + server.getAddress().getPort();
            seen.add(path + " " + certificate((HttpsExchange) exchange) + " " + body);
            String answer = path.startsWith("/.well-known")
                    ? "{\"issuer\":\"" + url + "\",\"token_endpoint\":\"" + url + "/token\",\"mtls_endpoint_aliases\":{"
                            + "\"token_endpoint\":\"" + url + "/mtls/token\"}}"
                    : "{\"access_token\":\"t1\",\"token_type\":\"Bearer\"}";
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OAuthSettings settings() {
        return OAuthSettings.DEFAULT.withTls(both).withTimeout(Duration.ofSeconds(20));
    }

    private String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Test
    void theCertificateIsShownAtTheEndpointThatIsForIt() throws TokenFetchException {
        try (OAuthClient shop = OAuthClient.at(url(), "shop", TlsClient.of(both), settings())) {
            assertThat(shop.clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));
        }
        assertThat(seen.get(seen.size() - 1))
                .isEqualTo("/mtls/token CN=shop grant_type=client_credentials&client_id=shop");
        assertThat(TlsClient.of(both).method()).isEqualTo("tls_client_auth");
        assertThat(TlsClient.selfSigned(both).method()).isEqualTo("self_signed_tls_client_auth");
    }

    @Test
    void othersUseTheUsualEndpoint() throws TokenFetchException {
        try (OAuthClient shop = OAuthClient.at(url(), "shop", ClientSecret.post(Secret.of("s3cret")), settings())) {
            assertThat(shop.clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));
        }
        assertThat(seen.get(seen.size() - 1)).startsWith("/token ");
    }

    @Test
    void aServerWhoseCertificateIsNotKnownIsNotTalkedTo() {
        OAuthSettings strangers = OAuthSettings.DEFAULT.withTimeout(Duration.ofSeconds(20));
        try (OAuthClient shop = OAuthClient.at(url(), "shop", ClientSecret.post(Secret.of("s")), strangers)) {
            TokenFetchException failure =
                    Fetching.failure(() -> shop.clientCredentials().fetch());
            assertThat(failure.kind()).isEqualTo(Kind.RETRYABLE);
            assertThat(failure.getMessage())
                    .startsWith(url() + "/.well-known/openid-configuration failed in TLS: ")
                    .contains("unable to find valid certification path to requested target");
        }
        assertThat(seen).isEmpty();
    }

    private static String certificate(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().toString();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    private static KeyStore keys(Path folder, String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        name,
                        "-ext",
                        "san=dns:localhost",
                        "-alias",
                        "one",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore own, KeyStore trusted) throws GeneralSecurityException {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        try {
            certificates.load(null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        certificates.setCertificateEntry("one", trusted.getCertificate("one"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
