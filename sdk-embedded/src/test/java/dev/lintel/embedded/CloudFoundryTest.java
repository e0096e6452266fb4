package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on Cloud Foundry, behind a gateway that may be its route service. */
class CloudFoundryTest {
    private static final String SIGNATURE = "X-CF-Proxy-Signature: c2lnbmVk";
    private static final String METADATA = "X-CF-Proxy-Metadata: eyJub25jZSI6Im4ifQ==";

    private static Said billing(FakeService router) {
        Elsewhere route = Far.over(Kind.CLOUD_FOUNDRY, router.uri(), null, null);
        return Far.orders(route);
    }

    private static String url(String url) {
        return "X-CF-Forwarded-Url: " + url;
    }

    @Test
    void withoutTheHeadersTheRouteIsCalled() {
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.apply(gateway.plan(billing(router).define()));

            assertThat(Raw.get(gateway, "/a/x?q=1").body()).isEqualTo("ok");
            assertThat(router.asked().get(0).first()).isEqualTo("GET /a/x?q=1 HTTP/1.1");
            assertThat(router.asked().get(0).header("host")).isEqualTo("api.psp.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.psp.example/a/x?q=1",
                "https://API.psp.example:443/a/x?q=1",
                "http://api.psp.example:80/a/x?q=1"
            })
    void whatTheRouterSentOnGoesBackToItAsItCame(String forwarded) {
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.apply(gateway.plan(billing(router).define()));

            assertThat(Raw.get(gateway, "/service?x=2", url(forwarded), SIGNATURE, METADATA)
                            .body())
                    .isEqualTo("ok");

            FakeService.Asked asked = router.asked().get(0);
            assertThat(asked.first()).isEqualTo("GET /a/x?q=1 HTTP/1.1");
            assertThat(asked.header("host")).isEqualTo("api.psp.example");
            assertThat(asked.lines()).contains(url(forwarded), SIGNATURE, METADATA);
        }
    }

    /** They could be anybody's, so nothing may hang on what they say. */
    @Test
    void whoMakesTheHeadersUpGetsWhatThePathItselfWouldGet() {
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.apply(gateway.plan(billing(router).define()));

            assertThat(Raw.get(
                                    gateway,
                                    "/a",
                                    url("https://api.psp.example/a/../b"),
                                    "X-CF-Proxy-Signature: x",
                                    METADATA)
                            .body())
                    .isEqualTo("ok");
            assertThat(Raw.get(gateway, "/b").body()).isEqualTo("ok");

            assertThat(router.asked())
                    .extracting(FakeService.Asked::first)
                    .containsExactly("GET /b HTTP/1.1", "GET /b HTTP/1.1");
        }
    }

    @Test
    void accessIsDecidedByThePathThatTheRouterSentOn() {
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.apply(gateway.plan(billing(router)
                    .withOAuth2(oauth2("http://127.0.0.1:1").deny("/admin/**").publicPaths("/pub/**"))
                    .define()));

            assertThat(Raw.get(gateway, "/pub", url("https://api.psp.example/admin/x"), SIGNATURE, METADATA)
                            .status())
                    .isEqualTo(403);
            assertThat(Raw.get(gateway, "/pub", url("https://api.psp.example/pub/%2e%2e/admin"), SIGNATURE, METADATA)
                            .status())
                    .isEqualTo(403);
            assertThat(Raw.get(gateway, "/admin", url("https://api.psp.example/pub"), SIGNATURE, METADATA)
                            .body())
                    .isEqualTo("ok");
            assertThat(router.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "https://other.example/",
                "https://api.psp.example.evil.example/",
                "https://api.psp.example@evil.example/",
                "https://evil.example/api.psp.example",
                "https://api.psp.example:8443/",
                "https://api.psp.example#@evil.example/",
                "https:///x",
                "//api.psp.example/",
                "/x",
                "ftp://api.psp.example/",
                "file:///etc/passwd",
                "https://[::1]/",
                ""
            })
    void noHeaderChoosesAnotherHost(String forwarded) {
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.journal(1));
                Raw raw = Raw.to(gateway)) {
            gateway.apply(gateway.plan(billing(router).define()));

            Raw.Answer answer = raw.send(Raw.request("GET", "/", url(forwarded), SIGNATURE, METADATA))
                    .answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("169.254").doesNotContain("evil");
            assertThat(router.asked()).isEmpty();
            assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void theHeadersComeTogetherAndOnce() {
        String good = url("https://api.psp.example/x");
        List<List<String>> broken = List.of(
                List.of(good),
                List.of(SIGNATURE),
                List.of(METADATA),
                List.of(good, SIGNATURE),
                List.of(good, METADATA),
                List.of(SIGNATURE, METADATA),
                List.of(good, good, SIGNATURE, METADATA),
                List.of(good, SIGNATURE, SIGNATURE, METADATA),
                List.of(good.replace('-', '_'), SIGNATURE, METADATA),
                List.of(good, SIGNATURE, METADATA, "Connection: X-CF-Proxy-Signature"));
        try (FakeService router = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.apply(gateway.plan(billing(router).define()));

            for (List<String> fields : broken) {
                assertThat(Raw.get(gateway, "/", fields.toArray(String[]::new)).status())
                        .as("%s", fields)
                        .isEqualTo(400);
            }
            assertThat(router.asked()).isEmpty();
        }
    }

    @Test
    void elsewhereTheHeadersMeanNothing() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/x", url("http://169.254.169.254/y")).body())
                    .isEqualTo("ok");
            assertThat(service.asked().get(0).first()).isEqualTo("GET /x HTTP/1.1");
        }
    }
}
