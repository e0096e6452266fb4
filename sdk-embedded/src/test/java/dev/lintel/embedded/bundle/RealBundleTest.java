package dev.lintel.embedded.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.auth.opa.bundle.Bundle;
import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.core.Secret;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real OPA that fetches what is published. */
class RealBundleTest {
    private static final String SECRET = "canary-0123456789-0123456789-0123456789";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Path opa;

    @BeforeEach
    void find() {
        opa = Opa.binary().orElse(null);
        Assumptions.assumeTrue(opa != null, "there is no Go of which OPA could be built");
    }

    /** A policy whose answer tells its version; its data are written as no machine would sort them. */
    private static Bundle version(int number) {
        return Bundle.of(
                "orders",
                Map.of(
                        "orders/policy.rego",
                        "package orders\n\nversion := data.orders.facts.version\n\nnumber := " + number + "\n",
                        "orders/facts/data.json",
                        "{ \"version\": " + number
                                + ", \"a\": {\"\uff5e\": 1, \"\ud83d\ude00\": [1.50, 1e3, -0.0, true, null],"
                                + " \"b\": \"<&>\u2028\u00e9\\u0001\\b\\f\\n\"} }"));
    }

    private static BundleSigner signer(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("HS256")) {
            return BundleSigner.hs256("key1", Secret.of(SECRET));
        }
        return BundleSigner.of("key1", pair(algorithm));
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm.equals("RS256") ? "RSA" : "EC");
        if (algorithm.equals("RS256")) {
            keys.initialize(2048);
        } else {
            keys.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return keys.generateKeyPair();
    }

    private OpaServer start(BundleServer server) throws IOException {
        String config =
                server.opaConfig().replace("${LINTEL_BUNDLE_TOKEN}", SECRET).replace("${LINTEL_BUNDLE_KEY}", SECRET);
        Path file = Files.writeString(folder.resolve("config.yaml"), config);
        return OpaServer.start(opa, List.of("--config-file=" + file));
    }

    private static JsonNode ask(OpaServer server, String path) throws IOException, InterruptedException {
        URI uri = server.uri().resolve("/v1/data/" + path);
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
        return JSON.readTree(answer).path("result");
    }

    private static void loaded(OpaServer server, int from) {
        server.await(from, line -> line.contains("Bundle loaded and activated successfully"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256", "ES256"})
    void opaLoadsItAndTheNextOneAtOnce(String algorithm) throws Exception {
        BundleSettings settings = BundleSettings.DEFAULT.withToken(Secret.of(SECRET));
        if (!algorithm.equals("none")) {
            settings = settings.signedBy(signer(algorithm));
        }
        try (BundleServer server = BundleServer.start(settings)) {
            server.publish(version(1));
            assertThat(server.opaConfig()).doesNotContain(SECRET);
            try (OpaServer running = start(server)) {
                loaded(running, 0);
                assertThat(ask(running, "orders/version").asInt()).isEqualTo(1);

                int lines = running.lines();
                server.publish(version(2));
                loaded(running, lines);

                assertThat(ask(running, "orders/version").asInt()).isEqualTo(2);
                assertThat(ask(running, "orders/number").asInt()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsigned", "another key", "changed", "truncated", "empty", "no archive"})
    void whatIsNotGoodIsRefusedAndTheOldOneStays(String wrong) throws Exception {
        BundleSigner signer = signer("ES256");
        try (BundleServer server = BundleServer.start(BundleSettings.DEFAULT.signedBy(signer))) {
            server.publish(version(1));
            try (OpaServer running = start(server)) {
                loaded(running, 0);
                int lines = running.lines();

                server.publish("orders", broken(wrong, signer));
                String refusal = running.await(lines, line -> line.contains("Bundle load failed"));

                assertThat(refusal).contains(expected(wrong));
                assertThat(ask(running, "orders/version").asInt()).isEqualTo(1);

                lines = running.lines();
                server.publish(version(3));
                loaded(running, lines);
                assertThat(ask(running, "orders/version").asInt()).isEqualTo(3);
            }
        }
    }

    private static byte[] broken(String wrong, BundleSigner signer) throws Exception {
        byte[] good = version(2).bytes(signer);
        return switch (wrong) {
            case "unsigned" -> version(2).bytes();
            case "another key" -> version(2).bytes(signer("ES256"));
            case "changed" -> changed(signer);
            case "truncated" -> Arrays.copyOf(good, good.length / 2);
            case "empty" -> new byte[0];
            default -> "no archive at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        };
    }

    /** The files of one bundle under the signature of another one. */
    private static byte[] changed(BundleSigner signer) throws IOException {
        Map<String, byte[]> files = Archive.files(version(2).bytes());
        files.put(".signatures.json", Archive.files(version(3).bytes(signer)).get(".signatures.json"));
        return Archive.gzip(files);
    }

    private static String expected(String wrong) {
        return switch (wrong) {
            case "unsigned" -> "bundle missing .signatures.json file";
            case "another key" -> "failed to verify JWT signature";
            case "changed" -> "digest mismatch";
            case "truncated" -> "unexpected EOF";
            case "empty" -> "EOF";
            default -> "gzip: invalid header";
        };
    }

    @Test
    void withoutTheTokenOpaGetsNothing() throws Exception {
        try (BundleServer server = BundleServer.start(BundleSettings.DEFAULT.withToken(Secret.of(SECRET)))) {
            server.publish(version(1));
            Path file = Files.writeString(
                    folder.resolve("config.yaml"), server.opaConfig().replace("${LINTEL_BUNDLE_TOKEN}", "another"));
            try (OpaServer running = OpaServer.start(opa, List.of("--config-file=" + file))) {
                String refusal = running.await(line -> line.contains("Bundle load failed"));

                assertThat(refusal).contains("Unauthorized");
                assertThat(ask(running, "orders/version").isMissingNode()).isTrue();
            }
        }
    }

    @Test
    void keysThatAreNoGoodAreRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> BundleSigner.hs256("key1", Secret.of("canary")))
                .hasMessage("the secret of key 'key1' must have at least 32 bytes")
                .hasNoCause();
        assertThat(BundleSigner.hs256("key1", Secret.of(SECRET))).hasToString("key 'key1' (HS256)");
    }
}
