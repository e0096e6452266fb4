package dev.lintel.embedded.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.opa.bundle.Bundle;
import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.core.Secret;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BundleServerTest {
    private static final String CANARY = "canary-0123456789-0123456789-0123456789";
    private static final Bundle ONE = bundle(1);
    private static final Bundle TWO = bundle(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private BundleServer server = BundleServer.start(BundleSettings.DEFAULT);

    @AfterEach
    void stop() {
        server.close();
    }

    private static Bundle bundle(int number) {
        return Bundle.of("orders", Map.of("orders/policy.rego", "package orders\n\nversion := " + number + "\n"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path));
    }

    private HttpResponse<byte[]> get(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private CompletableFuture<HttpResponse<byte[]>> waiting(String tag, int seconds) {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request("/bundles/orders")
                        .header("If-None-Match", tag)
                        .header("Prefer", "modes=snapshot,delta;wait=" + seconds)
                        .build(),
                BodyHandlers.ofByteArray());
        while (server.waiting() == 0 && !answer.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        return answer;
    }

    @Test
    void aBundleIsServedOnce() throws Exception {
        server.publish(ONE);
        HttpResponse<byte[]> first = get(request("/bundles/orders"));
        HttpResponse<byte[]> again = get(request("/bundles/orders").header("If-None-Match", tag(first)));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(ONE.bytes());
        assertThat(first.headers().firstValue("Content-Type")).contains("application/gzip");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag(first));
    }

    @Test
    void whoeverWaitsIsAnsweredAsSoonAsThereIsANewOne() throws Exception {
        server.publish(ONE);
        String tag = tag(get(request("/bundles/orders")));
        CompletableFuture<HttpResponse<byte[]>> answer = waiting(tag, 60);
        assertThat(server.waiting()).isEqualTo(1);

        server.publish(ONE);
        assertThat(server.waiting()).as("nothing has changed").isEqualTo(1);
        server.publish(bundleNamed("another"));
        assertThat(server.waiting()).as("not this one").isEqualTo(1);
        server.publish(TWO);

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body()).isEqualTo(TWO.bytes());
        assertThat(answer.join().headers().firstValue("Content-Type"))
                .contains("application/vnd.openpolicyagent.bundles");
        assertThat(server.waiting()).isZero();
    }

    private static Bundle bundleNamed(String name) {
        return Bundle.of(name, Map.of("another/policy.rego", "package another\n"));
    }

    @Test
    void waitingEnds() throws Exception {
        server.publish(ONE);
        String tag = tag(get(request("/bundles/orders")));

        HttpResponse<byte[]> answer = waiting(tag, 1).join();

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.openpolicyagent.bundles");
        assertThat(server.waiting()).isZero();
    }

    @Test
    void nobodyWaitsLongerThanTheServerLets() throws Exception {
        server.close();
        server = BundleServer.start(BundleSettings.DEFAULT.withLongestWait(Duration.ofSeconds(1)));
        server.publish(ONE);

        assertThat(waiting(tag(get(request("/bundles/orders"))), 999_999).join().statusCode())
                .isEqualTo(304);
    }

    @Test
    void closingAnswersAllWhoWait() throws Exception {
        server.publish(ONE);
        CompletableFuture<HttpResponse<byte[]>> answer = waiting(tag(get(request("/bundles/orders"))), 60);

        server.close();

        assertThat(answer.join().statusCode()).isEqualTo(503);
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        server.publish(ONE);

        assertThat(get(request("/bundles/unknown")).statusCode()).isEqualTo(404);
        assertThat(get(request("/bundles/unknown").header("Prefer", "wait=60")).statusCode())
                .isEqualTo(404);
        assertThat(get(request("/")).statusCode()).isEqualTo(404);
        assertThat(get(request("/bundles/../orders")).statusCode()).isEqualTo(404);
        assertThat(get(request("/bundles/orders").DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void theTokenIsAskedForAndNeverShown() throws Exception {
        server.close();
        BundleSettings settings = BundleSettings.DEFAULT
                .withToken(Secret.of(CANARY))
                .signedBy(BundleSigner.hs256("key1", Secret.of(CANARY)));
        server = BundleServer.start(settings);
        server.publish(ONE);

        assertThat(get(request("/bundles/orders")).statusCode()).isEqualTo(401);
        assertThat(get(request("/bundles/orders").header("Authorization", "Bearer x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(get(request("/bundles/orders").header("Authorization", "Bearer " + CANARY))
                        .statusCode())
                .isEqualTo(200);
        assertThat(settings.toString() + server.opaConfig()).doesNotContain("canary");
        assertThat(server.opaConfig()).isEqualTo("""
                services:
                  lintel:
                    url: %s
                    credentials:
                      bearer:
                        token: "${LINTEL_BUNDLE_TOKEN}"
                keys:
                  "key1":
                    algorithm: HS256
                    key: "${LINTEL_BUNDLE_KEY}"
                bundles:
                  "orders":
                    service: lintel
                    resource: "bundles/orders"
                    polling:
                      min_delay_seconds: 1
                      max_delay_seconds: 2
                      long_polling_timeout_seconds: 30
                    signing:
                      keyid: "key1"
                """.formatted(server.uri()));
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> BundleSettings.DEFAULT.onAddress(InetAddress.getByAddress(new byte[4])))
                .hasMessage(
                        "bundles are served beyond this machine to those with a token only: say withToken(…), or listen on"
                                + " loopback");
        assertThatThrownBy(() -> BundleSettings.DEFAULT.onPort(65536))
                .hasMessage("a port must be 0 to 65535, but was 65536");
        assertThatThrownBy(() -> BundleSettings.DEFAULT.withLongestWait(Duration.ZERO))
                .hasMessage("a request may wait 1 second to 5 minutes for a bundle, but was given PT0S");
    }
}
