package dev.lintel.mesh.admission;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be said of guard rails, and why. */
class AdmissionWordsTest {
    private static final Admission NONE = Admission.of(Guards.ORDERS);

    @Test
    void listsAreLimited() {
        String[] many = IntStream.rangeClosed(0, 200)
                .mapToObj(i -> "ghcr.io/acme/a" + i)
                .toArray(String[]::new);

        assertThatThrownBy(() -> NONE.images(many))
                .hasMessage("a list of a guard rail must have at most 200 items, but has 201: say it in patterns");
        assertThatThrownBy(() -> NONE.images("ghcr.io/" + "a".repeat(300)))
                .hasMessageStartingWith(
                        "what is listed must have at most 253 characters, but one begins with 'ghcr.io/aaa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "redis",
                "acme/orders",
                "ghcr.io",
                "ghcr.io/",
                "ghcr.io/acme*",
                "ghcr.io/*/orders",
                "GHCR.io/acme/*",
                "ghcr.io/acme/orders:1",
                "ghcr.io/a|b/*",
                "ghcr.io/../*",
                "*/acme"
            })
    void anImageIsARepositoryWithItsRegistry(String image) {
        assertThatThrownBy(() -> NONE.images(image))
                .hasMessage(
                        "an image must be a repository with its registry, as ghcr.io/acme/orders, or ghcr.io/acme/* for"
                                + " all below it, but was '" + image + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "", "/", "/**", "/a*", "/a/*/b", "/a//b", "/../a", "/a|/b", "/a.*(", "/a/**/b"})
    void aPublicPathIsOnePathOrAllBelowOne(String path) {
        assertThatThrownBy(() -> NONE.noPublicRoutesExcept(path))
                .hasMessage("a public path must be as /health, or /assets/** for all below it, of letters, digits, '.',"
                        + " '_', '~' and '-', but was '" + path + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "/shared", "istio-ingress/", "*/shared", "*", "a/b/c", "a.b/c", "A/b", "a/b|c"})
    void aGatewayHasItsNamespace(String gateway) {
        assertThatThrownBy(() -> NONE.gateways(gateway))
                .hasMessage("a gateway must be namespace/name, or namespace/* for all of a namespace, but was '"
                        + gateway + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.*", "A.example", "a..b", "*a.example", "a/b.example", "a.example."})
    void aListedHostIsAName(String host) {
        assertThatThrownBy(() -> NONE.hosts("shop", host))
                .hasMessage("a listed host must be a lower-case name, or one after '*.', or '*' for all, but was '"
                        + host + "'");
    }

    @Test
    void aWebhookIsAskedByTlsAndInTime() {
        String authority = "-----BEGIN CERTIFICATE-----\n";
        Webhook webhook = Webhook.at("https://opa.example/", authority);

        assertThatThrownBy(() -> Webhook.at("http://opa.example/", authority))
                .hasMessage("a webhook's address must be https, but was 'http://opa.example/'");
        assertThatThrownBy(() -> Webhook.service("opa", "opa", ""))
                .hasMessage("a webhook needs the certificates of its authority in PEM, of at most 65536 characters");
        assertThatThrownBy(() -> webhook.timeout(Duration.ofSeconds(31)))
                .hasMessage("a webhook's timeout must be 1 to 30 s, but was PT31S");
    }

    @Test
    void aThingIsSaidOnce() {
        assertThatThrownBy(() -> NONE.hostsBelongToNamespaces("example.com").hostsBelongToNamespaces("example.net"))
                .hasMessage("the domain is said once");
        assertThatThrownBy(() -> NONE.rootNamespace("a").rootNamespace("b"))
                .hasMessage("the root namespace is said once");
        assertThatThrownBy(() -> NONE.appliedBy(" "))
                .hasMessage("an account must be the name of a user as the apiserver has it, but was ' '");
    }
}
