package dev.lintel.traffic;

import static dev.lintel.traffic.ServedBy.cloudFoundry;
import static dev.lintel.traffic.ServedBy.external;
import static dev.lintel.traffic.ServedBy.knative;
import static dev.lintel.traffic.ServedBy.remoteCluster;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.core.model.Elsewhere.Tls;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServedByTest {
    private static final SecretRef SECRET = new SecretRef("shop", "psp", "secret");
    private static final SecretRef CERTIFICATE = new SecretRef("shop", "psp", "tls.crt");
    private static final SecretRef KEY = new SecretRef("shop", "psp", "tls.key");
    private static final SecretRef CA = new SecretRef("shop", "psp", "ca.crt");

    private static @Nullable Elsewhere place(ServedBy said) {
        return Said.orders().servedBy(said).model().service().traffic().elsewhere();
    }

    private static Elsewhere place(Kind kind, @Nullable String address, String authority, @Nullable Tls tls) {
        URI url = address == null ? null : URI.create(address);
        return new Elsewhere(kind, url, authority, tls, null, null, Origin.unknown());
    }

    private static Tls tls(String sni) {
        return new Tls(sni, List.of(sni), null, null, null);
    }

    @Test
    void anExternalServiceIsCalledByItsOwnName() {
        assertThat(place(external("https://api.psp.example")))
                .isEqualTo(
                        place(Kind.EXTERNAL, "https://api.psp.example:443", "api.psp.example", tls("api.psp.example")));
        assertThat(place(external("HTTP://Api.psp.example:8080/")))
                .isEqualTo(place(Kind.EXTERNAL, "http://api.psp.example:8080", "api.psp.example:8080", null));
        assertThat(place(external("https://api.psp.example").authority("psp.internal")))
                .isEqualTo(place(Kind.EXTERNAL, "https://api.psp.example:443", "psp.internal", tls("psp.internal")));
    }

    @Test
    void anApplicationOnCloudFoundryIsCalledByItsRoute() {
        assertThat(place(cloudFoundry("billing", "billing.cfapps.example")))
                .isEqualTo(place(
                        Kind.CLOUD_FOUNDRY,
                        "https://billing.cfapps.example:443",
                        "billing.cfapps.example",
                        tls("billing.cfapps.example")));
    }

    @Test
    void aKnativeServiceIsCalledAsInItsCluster() {
        String host = "billing.shop.svc.cluster.local";
        assertThat(place(knative("billing"))).isEqualTo(place(Kind.KNATIVE, null, host, null));
        assertThat(place(knative("billing").through("http://kourier-internal.kourier-system")))
                .isEqualTo(place(Kind.KNATIVE, "http://kourier-internal.kourier-system:80", host, null));
    }

    @Test
    void aServiceOfAnotherClusterIsCalledByTheHostThatItsGatewayKnows() {
        assertThat(place(remoteCluster("https://gateway.eu.example:8443", "orders.shop.eu.example")))
                .isEqualTo(place(
                        Kind.REMOTE_CLUSTER,
                        "https://gateway.eu.example:8443",
                        "orders.shop.eu.example",
                        tls("orders.shop.eu.example")));
    }

    @Test
    void tlsAndTheLimitOfAConnectionCanBeSaid() {
        assertThat(place(external("https://10.0.0.7")
                        .sni("psp.example")
                        .subjectAltNames("a.psp.example", "b.psp.example")
                        .ca(CA)
                        .mtls(CERTIFICATE, KEY)
                        .connectTimeout(ofSeconds(2))))
                .isEqualTo(new Elsewhere(
                        Kind.EXTERNAL,
                        URI.create("https://10.0.0.7:443"),
                        "10.0.0.7",
                        new Tls("psp.example", List.of("a.psp.example", "b.psp.example"), CA, CERTIFICATE, KEY),
                        ofSeconds(2),
                        null,
                        Origin.unknown()));
    }

    @Test
    void aCredentialIsNamedByWhereItIsKept() {
        Elsewhere token =
                place(external("https://api.psp.example").token("https://id.example", "shop", SECRET, "pay", "refund"));
        Elsewhere header = place(external("https://api.psp.example").secretHeader("X-Api-Key", SECRET));
        Elsewhere bearer = place(external("https://api.psp.example").secretHeader("authorization", "Bearer ", SECRET));
        assertThat(token).isNotNull();
        assertThat(header).isNotNull();
        assertThat(bearer).isNotNull();
        assertThat(token.credential())
                .isEqualTo(new Elsewhere.ClientToken("https://id.example", "shop", SECRET, List.of("pay", "refund")));
        assertThat(header.credential()).isEqualTo(new Elsewhere.SecretHeader("x-api-key", "", SECRET));
        assertThat(bearer.credential()).isEqualTo(new Elsewhere.SecretHeader("authorization", "Bearer ", SECRET));
    }

    @Test
    void anAddressIsAnOrigin() {
        for (String address : new String[] {
            "api.psp.example",
            "ftp://api.psp.example",
            "https://api.psp.example/v1",
            "https://api.psp.example?a=b",
            "https://api.psp.example:0",
            "https://api.psp.example:70000",
            "https://api_psp.example",
            "https://",
            "not a url"
        }) {
            assertThatThrownBy(() -> external(address))
                    .hasMessage(
                            "a service elsewhere is at http:// or https://, a host and perhaps a port, without path,"
                                    + " but was given '" + address + "'");
        }
        assertThatThrownBy(() -> external("https://me:canary-secret@api.psp.example"))
                .hasMessage(
                        "a service elsewhere is at http:// or https://, a host and perhaps a port, without path, but was"
                                + " given one with a user in it");
    }

    @Test
    void namesAndSecretsAreSaidRight() {
        ServedBy psp = external("https://api.psp.example");
        assertThatThrownBy(() -> psp.authority("a b"))
                .hasMessage(
                        "what a service elsewhere gets as Host is a host in lower case and perhaps a port, but was 'a b'");
        assertThatThrownBy(() -> psp.sni("10.0.0.7"))
                .hasMessage("a server name in TLS is a host name in lower case, but was '10.0.0.7'");
        assertThatThrownBy(psp::subjectAltNames).hasMessage("subjectAltNames(…) must name at least one host");
        assertThatThrownBy(() -> psp.subjectAltNames("*.psp.example"))
                .hasMessage("a certificate's name is a host name in lower case, but was '*.psp.example'");
        assertThatThrownBy(() -> new TlsOrigination(null, List.of(), null, CERTIFICATE, null))
                .hasMessage("a certificate of ours and its key are said together or not at all");
        assertThatThrownBy(() -> external("http://api.psp.example").ca(CA))
                .hasMessage("TLS is said for http://api.psp.example, which is not https");
        assertThatThrownBy(() -> psp.connectTimeout(ofSeconds(-1)))
                .hasMessage("the time-out of a connection must be whole milliseconds, 1 ms to 24 h, but was PT-1S");
        assertThatThrownBy(() -> psp.token("http://id.example", "shop", SECRET))
                .hasMessage("an issuer is an https URL without query and fragment, http on loopback only, but was"
                        + " 'http://id.example'");
        assertThatThrownBy(() -> psp.token("https://id.example", "", SECRET))
                .hasMessage("a client id must be visible ASCII, at most 256 characters, but was ''");
        assertThatThrownBy(() -> psp.token("https://id.example", "shop", SECRET, "a b"))
                .hasMessage("a scope must be visible ASCII without quotes, at most 256 characters, but was 'a b'");
        assertThatThrownBy(() -> psp.secretHeader("Host", SECRET))
                .hasMessageStartingWith("header 'host' belongs to the gateway and cannot be sent with a secret");
        assertThatThrownBy(() -> psp.token("https://id.example", "shop", SECRET).secretHeader("x-api-key", SECRET))
                .hasMessage(
                        "the gateway proves itself to a service elsewhere by a token or by the header 'x-api-key', one of"
                                + " them");
        assertThatThrownBy(() -> knative("Billing"))
                .hasMessage(
                        "the name of a service elsewhere must be a DNS label (lower-case letters, digits, '-', at most"
                                + " 63), but was 'Billing'");
    }

    @Test
    void anAddressOfNumbersNeedsAServerName() {
        assertThat(Said.orders().servedBy(external("https://10.0.0.7")).problems())
                .containsExactly(
                        "elsewhere.server-name | orders.shop traffic.served-by/v1: begins TLS to 10.0.0.7, which"
                                + " cannot be a server name | say sni(…) with the name that stands in the certificate");
        assertThat(Said.orders().servedBy(external("https://[::1]:8443")).problems())
                .containsExactly("elsewhere.server-name | orders.shop traffic.served-by/v1: begins TLS to [::1], which"
                        + " cannot be a server name | say sni(…) with the name that stands in the certificate");
    }

    @Test
    void aSecretDoesNotTravelWithoutTls() {
        assertThat(Said.orders()
                        .servedBy(external("http://api.psp.example").secretHeader("x-api-key", SECRET))
                        .problems())
                .containsExactly("elsewhere.clear | orders.shop traffic.served-by/v1: sends a secret to"
                        + " http://api.psp.example without TLS | say an https address");
        assertThat(Said.orders()
                        .servedBy(external("http://localhost:8080").secretHeader("x-api-key", SECRET))
                        .problems())
                .isEmpty();
        assertThat(Said.orders()
                        .servedBy(knative("billing").through("http://kourier").secretHeader("x-api-key", SECRET))
                        .warnings())
                .containsExactly("elsewhere.clear | orders.shop traffic.served-by/v1: sends a secret to http://kourier"
                        + " without TLS | make sure that the mesh encrypts it, or say an https address");
    }

    @Test
    void tlsIsNotSaidForWhatIsBound() {
        assertThat(Said.orders().servedBy(knative("billing").ca(CA)).problems())
                .containsExactly(
                        "elsewhere.bound | orders.shop traffic.served-by/v1: says TLS for a service that is called"
                                + " where it is bound | say through(\"https://…\"), or leave TLS to what is bound");
    }

    @Test
    void aServiceElsewhereHasNoVersionsAndNoWorkloads() {
        assertThat(Said.orders()
                        .servedBy(external("https://api.psp.example"))
                        .split("v1", 90, "v2", 10)
                        .mirror("v3", 5)
                        .workloadSelector("app", "psp")
                        .loadBalancing(LoadBalancing.random())
                        .problems())
                .containsExactly(
                        "elsewhere.versions | orders.shop: names the versions v1, v2, v3, but the service is elsewhere, said"
                                + " at Test.java | there a service is one thing: expose each version as an API of its own",
                        "elsewhere.workloads | orders.shop: says which labels the workloads carry, but the service is"
                                + " elsewhere, said at Test.java | leave the labels out",
                        "elsewhere.balance | orders.shop: says which workload gets a call, but the service is at one address,"
                                + " said at Test.java | leave load balancing to the far side");
        assertThat(Said.orders()
                        .servedBy(knative("billing"))
                        .loadBalancing(LoadBalancing.random())
                        .retry(1)
                        .breaker(b -> b.maxPending(3))
                        .problems())
                .isEmpty();
    }

    @Test
    void pathsAreNotRewrittenInFrontOfAnApplicationOnCloudFoundry() {
        assertThat(Said.orders()
                        .rewritePath("/a/**", "/b/**")
                        .servedBy(cloudFoundry("billing", "billing.cfapps.example"))
                        .rewritePath("/old", "/new")
                        .problems())
                .containsExactly(
                        "elsewhere.rewrite | orders.shop: rewrites /old to /new, but the service is an application on Cloud"
                                + " Foundry, said at Test.java | leave the rewrite out: a request goes back to the router"
                                + " with the path that it came with",
                        "elsewhere.rewrite | orders.shop: rewrites /a/** to /b, but the service is an application on Cloud"
                                + " Foundry, said at Test.java | leave the rewrite out: a request goes back to the router"
                                + " with the path that it came with");
        assertThat(Said.orders()
                        .servedBy(external("https://api.psp.example"))
                        .rewritePath("/a/**", "/b/**")
                        .problems())
                .isEmpty();
    }
}
