package dev.lintel.testbed.plane;

import static dev.lintel.core.SecretRef.secretRef;
import static dev.lintel.traffic.ServedBy.external;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Secrets;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Proven;
import dev.lintel.traffic.ServedBy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service elsewhere, by one definition through real Envoys and through the embedded gateway. Calls that leave are cases of their own. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutboundTest {
    private final Plane plane;
    private final Namespace namespace;
    private final InMesh mesh;

    OutboundTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
        this.mesh = new InMesh(plane, namespace);
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
            Proven.say(OutboundTest.class, "traffic.served-by/v1", Proven.Where.BOTH, expected.size(), List.of());
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
}
