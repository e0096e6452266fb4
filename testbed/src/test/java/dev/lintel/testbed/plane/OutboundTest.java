package dev.lintel.testbed.plane;

import static dev.lintel.core.SecretRef.secretRef;
import static dev.lintel.traffic.ServedBy.external;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.embedded.EgressProxy;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Secrets;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Namespace;
import dev.lintel.traffic.ServedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What leaves, by one definition through real Envoys and through the embedded gateway: the same calls reach hosts outside. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutboundTest {
    private final Plane plane;
    private final Namespace namespace;
    private final Namespace other;
    private final InMesh mesh;

    OutboundTest(Plane plane, Namespace namespace, Namespace other) {
        this.plane = plane;
        this.namespace = namespace;
        this.other = other;
        this.mesh = new InMesh(plane, namespace);
    }

    /** Somebody who calls a host outside. */
    private record Leaving(Running from, Origin to, int port) {
        private String application() {
            return from.workload().account();
        }

        private String name() {
            return application() + "." + from.workload().namespace() + " to " + to.host() + ":" + port;
        }

        /** 200, what refuses, or 0 for no answer. */
        private int inMesh() {
            Call plain = Call.get(to.host() + ":" + port, to.host(), "/");
            return from.caller()
                    .send(port == 80 ? plain : plain.secure(to.host(), to.authority()))
                    .status();
        }
    }

    @Test
    void hostsThatAreListedAreCalledByWhomTheyAreListedForAndNothingElseLeaves() {
        try (Origin api = plane.origin("api." + namespace + ".example");
                Origin bank = plane.origin("bank." + namespace + ".example");
                Origin unlisted = plane.origin("unlisted." + namespace + ".example");
                Running payments = plane.add(Workload.of(namespace.name(), "payments", "v1"));
                Running web = plane.add(Workload.of(namespace.name(), "web", "v1"));
                Running stranger = plane.add(Workload.of(other.name(), "stranger", "v1"))) {
            plane.service(namespace, "web");
            plane.service(other, "stranger");
            EgressDefinition toApi = Api.egress(api.host())
                    .inNamespace(namespace.name())
                    .ports(80, 443)
                    .allowPrivateAddresses()
                    .define();
            EgressDefinition toBank = Api.egress(bank.host())
                    .onlyFor("payments")
                    .inNamespace(namespace.name())
                    .allowPrivateAddresses()
                    .define();
            List<Leaving> calls = List.of(
                    new Leaving(web, api, 80),
                    new Leaving(web, api, 443),
                    new Leaving(web, bank, 443),
                    new Leaving(web, unlisted, 80),
                    new Leaving(web, unlisted, 443),
                    new Leaving(payments, api, 443),
                    new Leaving(payments, bank, 443),
                    new Leaving(payments, bank, 80),
                    new Leaving(stranger, api, 80),
                    new Leaving(stranger, api, 443),
                    new Leaving(stranger, bank, 443));

            Map<String, Boolean> expected = new LinkedHashMap<>();
            Evaluator evaluator = InMesh.evaluator(toApi, toBank);
            calls.forEach(call -> expected.put(
                    call.name(),
                    evaluator
                            .egress(
                                    call.from().workload().namespace(),
                                    call.application(),
                                    call.to().host(),
                                    call.port())
                            .isAllowed()));
            assertThat(expected.values())
                    .containsExactly(true, true, false, false, false, true, true, false, false, false, false);

            mesh.apply(toApi, toBank);
            mesh.answers(expected, () -> leaving(calls));

            int apiBefore = api.seen();
            int bankBefore = bank.seen();
            Map<String, Integer> statuses = new LinkedHashMap<>();
            calls.forEach(call -> statuses.put(call.name(), call.inMesh()));
            // By name: a plain call is told, and TLS is cut.
            assertThat(statuses.values()).containsExactly(200, 200, 0, 502, 0, 200, 200, 502, 502, 0, 0);
            assertThat(api.seen() - apiBefore).isEqualTo(3);
            assertThat(bank.seen() - bankBefore).isEqualTo(1);
            assertThat(unlisted.seen()).as("nothing has ever reached it").isZero();

            assertThat(embedded(calls, toApi, toBank)).isEqualTo(expected);
            assertThat(api.seen() - apiBefore).isEqualTo(6);
            assertThat(bank.seen() - bankBefore).isEqualTo(2);
            assertThat(unlisted.seen()).isZero();
        }
    }

    @Test
    void tlsBeginsAtTheGatewayAndTheCertificateMustHaveTheNameThatIsAskedFor() {
        SecretRef authority = secretRef(namespace.name(), "psp", "ca.crt");
        try (Origin psp = plane.origin("psp." + namespace + ".example");
                Origin somebody = plane.origin("somebody." + namespace + ".example")) {
            ServedBy good = external("https://" + psp.host()).ca(authority);
            ServedBy named = good.subjectAltNames("somebody.example");
            keep("good", psp.authority());
            keep("named", psp.authority());
            keep("vouched", somebody.authority());
            mesh.apply(exposed("good", good), exposed("named", named), exposed("vouched", good));
            Map<String, Integer> expected = Map.of("good", 200, "named", 503, "vouched", 503);
            mesh.answers(expected, () -> {
                Map<String, Integer> statuses = new LinkedHashMap<>();
                expected.keySet().forEach(api -> statuses.put(api, entering(api).status()));
                return statuses;
            });
            Reply reply = entering("good");
            assertThat(List.of(reply.text("/host"), reply.text("/sni"), reply.text("/version"), reply.text("/target")))
                    .containsExactly(psp.host(), psp.host(), "secure", "/cards/7");

            int before = psp.seen();
            assertThat(entering("named").status()).isEqualTo(503);
            assertThat(entering("vouched").status()).isEqualTo(503);
            assertThat(elsewhere(psp, "named", named, psp.authority())).isEqualTo(503);
            assertThat(elsewhere(psp, "vouched", good, somebody.authority())).isEqualTo(503);
            assertThat(psp.seen())
                    .as("nothing is sent to whom the certificate does not name, or nobody vouches for")
                    .isEqualTo(before);
            assertThat(elsewhere(psp, "good", good, psp.authority())).isEqualTo(200);
            assertThat(psp.seen()).isEqualTo(before + 1);
        }
    }

    private Definition exposed(String api, ServedBy place) {
        return Api.expose(api).inNamespace(namespace.name()).servedBy(place).define();
    }

    private Reply entering(String api) {
        return plane.outside().send(mesh.entering(api, "/cards/7"));
    }

    /** What the plan asks for: the gateway's copy of the authority. */
    private void keep(String api, String authority) {
        String name = api + "." + namespace + ".elsewhere";
        plane.cluster().client().apply("/api/v1/namespaces/istio-system/secrets/" + name, """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"}, "stringData": {"ca.crt": "%s"}}
                """.formatted(
                        name, authority.replace("\n", "\\n")));
    }

    /** The same definition in the embedded gateway, which is told where the host is, since no name server of ours knows it. */
    private int elsewhere(Origin origin, String api, ServedBy place, String authority) {
        SecretRef ref = secretRef(namespace.name(), "psp", "ca.crt");
        try (Gateway gateway =
                Gateway.start(s -> s.domain(InMesh.DOMAIN).secrets(Secrets.of(Map.of(ref, Secret.of(authority)))))) {
            gateway.workload(api + "." + namespace, URI.create("https://" + origin.address() + ":443"));
            gateway.apply(gateway.plan(exposed(api, place)));
            HttpResponse<String> response = HttpClient.newBuilder()
                    .proxy(gateway.proxySelector())
                    .build()
                    .send(
                            HttpRequest.newBuilder(
                                            gateway.uri(api + "." + namespace).resolve("/cards/7"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                Reply reply = new Reply(200, Map.of(), response.body(), "");
                assertThat(List.of(reply.text("/host"), reply.text("/sni"))).containsOnly(origin.host());
            }
            return response.statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Map<String, Boolean> leaving(List<Leaving> calls) {
        Map<String, Boolean> left = new LinkedHashMap<>();
        calls.forEach(call -> left.put(call.name(), call.inMesh() == 200));
        return left;
    }

    private Map<String, Boolean> embedded(List<Leaving> calls, Definition... definitions) {
        Map<String, Boolean> left = new LinkedHashMap<>();
        try (Gateway gateway = Gateway.start(s -> s.domain(InMesh.DOMAIN))) {
            gateway.apply(gateway.plan(definitions));
            for (Leaving call : calls) {
                String application =
                        call.application() + "." + call.from().workload().namespace();
                try (EgressProxy proxy = gateway.egress(application, s -> s.resolver(this::resolve))) {
                    left.put(call.name(), leaves(call, proxy));
                }
            }
        }
        return left;
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(plane.find(host).orElseThrow(() -> new UnknownHostException(host)));
    }

    private static boolean leaves(Leaving call, EgressProxy proxy) {
        String scheme = call.port() == 80 ? "http" : "https";
        try {
            return HttpClient.newBuilder()
                            .proxy(proxy.proxySelector())
                            .sslContext(call.to().trusting())
                            .build()
                            .send(
                                    HttpRequest.newBuilder(URI.create(
                                                    scheme + "://" + call.to().host() + "/"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // A tunnel that is refused is no answer to this client.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
