package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Backends of Envoy Gateway that are elsewhere afterwards. */
class WithdrawnTest {
    private static final String WITHDRAWN = "withdraw: delete Backend shop/billing";

    @Test
    void aBackendGoesBeforeItsCertificateAndItsNameChange() {
        assertThat(steps(
                        backend("old"),
                        tls("old"),
                        route("billing", "old"),
                        backend("new"),
                        tls("new"),
                        route("billing", "new")))
                .containsExactly(
                        WITHDRAWN,
                        "prepare: BackendTLSPolicy shop/billing",
                        "lead: HTTPRoute shop/billing",
                        "clear: Backend shop/billing");
        assertThat(steps(
                        backend("old"),
                        tls("old"),
                        route("billing", "same"),
                        backend("new"),
                        tls("new"),
                        route("billing", "same")))
                .containsExactly(WITHDRAWN, "prepare: BackendTLSPolicy shop/billing", "clear: Backend shop/billing");
        assertThat(steps(
                        backend("old"),
                        tls("same"),
                        route("billing", "old"),
                        backend("new"),
                        tls("same"),
                        route("billing", "new")))
                .containsExactly(WITHDRAWN, "lead: HTTPRoute shop/billing", "clear: Backend shop/billing");
    }

    @Test
    void whereNothingElseChangesItIsOneWrite() {
        assertThat(steps(
                        backend("old"),
                        tls("same"),
                        route("billing", "same"),
                        backend("new"),
                        tls("same"),
                        route("billing", "same")))
                .containsExactly("prepare: Backend shop/billing");
        assertThat(steps(
                        backend("old"),
                        tls("old"),
                        route("other", "same"),
                        backend("new"),
                        tls("new"),
                        route("other", "same")))
                .containsExactly("prepare: BackendTLSPolicy shop/billing", "prepare: Backend shop/billing");
    }

    /** A route names a Service or a Backend, so that both may be there. */
    @Test
    void aBackendThatComesIsThereBeforeItsRoutes() {
        String inside = route("billing", "same").replace("group: gateway.envoyproxy.io, kind: Backend,", "");

        assertThat(Steps.between(
                                ManifestYaml.read(inside),
                                ManifestYaml.read(
                                        String.join("---\n", backend("new"), tls("new"), route("billing", "new"))))
                        .steps())
                .extracting(Step::label)
                .containsExactly(
                        "prepare: BackendTLSPolicy shop/billing",
                        "prepare: Backend shop/billing",
                        "lead: HTTPRoute shop/billing");
    }

    /** The first half is before, the second after. */
    private static List<String> steps(String... objects) {
        String before = String.join(
                "---\n", Stream.of(objects).limit(objects.length / 2).toList());
        String after =
                String.join("---\n", Stream.of(objects).skip(objects.length / 2).toList());
        return Steps.between(ManifestYaml.read(before), ManifestYaml.read(after)).steps().stream()
                .map(Step::label)
                .toList();
    }

    private static String object(String version, String kind, String spec) {
        return """
                apiVersion: %s
                kind: %s
                metadata:
                  name: billing
                  namespace: shop
                  labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: billing}
                spec: %s
                """.formatted(version, kind, spec);
    }

    private static String backend(String host) {
        return object(
                "gateway.envoyproxy.io/v1alpha1",
                "Backend",
                "{endpoints: [{fqdn: {hostname: %s.example, port: 443}}]}".formatted(host));
    }

    private static String tls(String host) {
        return object(
                "gateway.networking.k8s.io/v1",
                "BackendTLSPolicy",
                ("{targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: billing}],"
                                + " validation: {hostname: %s.example, wellKnownCACertificates: System}}")
                        .formatted(host));
    }

    private static String route(String backend, String host) {
        return object(
                "gateway.networking.k8s.io/v1",
                "HTTPRoute",
                ("{hostnames: [billing.example.com], rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: %s.example}}],"
                                + " backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: %s}]}]}")
                        .formatted(host, backend));
    }
}
