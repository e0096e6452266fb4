package dev.lintel.kubernetes.preflight;

import static dev.lintel.kubernetes.preflight.Preflight.preflight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.preflight.ClusterReader.Got;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target.Wanted;
import dev.lintel.mesh.YamlTrees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a preflight makes of documents: here of such as are said, without a cluster. */
class PreflightReadsTest {
    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: shop}
            spec:
              gatewayClassName: mesh
              listeners: [{name: http, port: 80, protocol: HTTP}]
            """;
    private static final String ROUTE = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: orders, namespace: shop}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - matches: [{path: {type: PathPrefix, value: /}, method: GET}]
                backendRefs: [{name: orders, port: 80}]
            """;
    private static final String CLASS = "/apis/gateway.networking.k8s.io/v1/gatewayclasses/mesh";
    private static final String SERVICES = "/api/v1/namespaces/shop/services?limit=500";
    private static final String SERVICE =
            "items: [{metadata: {name: orders}, spec: {ports: [{port: 80, name: http}]}}]";
    private static final String TOKENS = """
            apiVersion: security.istio.io/v1
            kind: RequestAuthentication
            metadata: {name: orders, namespace: shop}
            spec:
              targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: edge}]
              jwtRules: [{issuer: "%s"}]
            """;

    private final Map<String, String> documents = new HashMap<>(Map.of(SERVICES, SERVICE));

    private Got got(String path) {
        String text = documents.get(path);
        return text == null
                ? new Got(404, Map.of())
                : new Got(200, Docs.map(YamlTrees.read(text).get(0)));
    }

    private PreflightReport check(Preflight preflight, String text) {
        List<Manifest> manifests = ManifestYaml.readAny(text, "shop");
        return preflight.check(
                paths -> paths.stream().map(this::got).toList(), new Wanted(manifests, MeshModel.EMPTY), List.of());
    }

    private List<String> problems(String text) {
        return check(preflight(), text).problems().stream().map(Problem::render).toList();
    }

    @Test
    void aClassIsThereAcceptedAndSupportsWhatIsNeeded() {
        String accepted = "spec: {controllerName: a/b}\nstatus:\n  conditions: [{type: Accepted, status: '%s'}]\n%s";

        assertThat(problems(GATEWAY)).containsExactly("""
                preflight.gateway-class Gateway shop/edge: is of the class 'mesh', which is not there: nobody serves it
                      install its controller, or say gatewayClass(…) to the dialect""");

        documents.put(CLASS, accepted.formatted("False", ""));
        assertThat(problems(GATEWAY)).containsExactly("""
                preflight.gateway-class GatewayClass mesh: is not accepted by its controller 'a/b'
                      see: kubectl describe gatewayclass mesh; is the controller running?""");

        documents.put(CLASS, accepted.formatted("True", "  supportedFeatures: [{name: Gateway}, HTTPRoute]"));
        assertThat(problems(GATEWAY)).isEmpty();
        assertThat(problems(GATEWAY + ROUTE)).containsExactly("""
                preflight.gateway-feature GatewayClass mesh: does not support HTTPRouteMethodMatching
                      say supportedFeatures(…) to the dialect as the class has them""");

        documents.put(CLASS, accepted.formatted("True", ""));
        assertThat(check(preflight(), GATEWAY + ROUTE).warnings())
                .extracting(Problem::code)
                .containsExactly("preflight.unchecked");
    }

    @Test
    void aSidecarWithoutAModeNeedsOneOfTheMesh() {
        String sidecar = """
                apiVersion: networking.istio.io/v1
                kind: Sidecar
                metadata: {name: shop, namespace: shop}
                spec: {egress: [{hosts: ["./*"]}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: shop, namespace: edge}
                spec: {selector: {istio: edge}, servers: []}
                """;
        String config = "/api/v1/namespaces/istio-system/configmaps/istio";
        documents.put("/api/v1/namespaces/edge/pods?limit=500", "items: [{metadata: {labels: {istio: edge}}}]");

        documents.put(config, "data: {mesh: \"outboundTrafficPolicy: {mode: ALLOW_ANY}\"}");
        assertThat(problems(sidecar))
                .singleElement()
                .asString()
                .startsWith("preflight.outbound-policy Sidecar shop/shop: says no outboundTrafficPolicy");

        documents.put(config, "data: {mesh: \"outboundTrafficPolicy: {mode: REGISTRY_ONLY}\"}");
        assertThat(problems(sidecar)).isEmpty();
    }

    @Test
    void issuersAreAskedOnlyIfSomebodySaysHow() {
        assertThat(check(preflight(), TOKENS.formatted("https://id.example")).warnings())
                .isEmpty();
    }

    @Test
    void whatIsWrongWithKeysIsAWarning() {
        Map<String, String> web = new HashMap<>();
        Preflight asking = preflight().fetching(address -> {
            String text = web.get(address.toString());
            if (text == null) {
                throw new IllegalStateException("answered 404");
            }
            return text;
        });
        String tokens = TOKENS.formatted("https://id.example");

        assertThat(check(asking, tokens).warnings())
                .singleElement()
                .extracting(Problem::render)
                .isEqualTo("""
                        preflight.issuer RequestAuthentication shop/orders: the keys of 'https://id.example' cannot be got from here, \
                        at https://id.example/.well-known/openid-configuration: IllegalStateException answered 404
                              see whether the control plane can; without keys every token is refused""");

        web.put("https://id.example/.well-known/openid-configuration", "{\"jwks_uri\": \"https://id.example/keys\"}");
        web.put("https://id.example/keys", "{\"keys\": []}");
        assertThat(check(asking, tokens).warnings())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("at https://id.example/keys are 0, none of which is public");

        web.put("https://id.example/keys", "{\"keys\": [{\"kty\": \"RSA\"}]}");
        assertThat(check(asking, tokens).warnings()).isEmpty();

        web.put("https://id.example/.well-known/openid-configuration", "{\"jwks_uri\": \"http://id.example/keys\"}");
        assertThat(check(asking, tokens).warnings())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("only https is asked");
    }

    @Test
    void aCollectionWithoutAnEndIsNotReadForEver() {
        int[] asked = {0};
        ClusterReader endless = paths -> paths.stream()
                .map(path -> {
                    asked[0]++;
                    return new Got(200, Map.of("metadata", Map.of("continue", "more"), "items", List.of()));
                })
                .toList();

        PreflightReport report = preflight()
                .check(endless, new Wanted(ManifestYaml.readAny(GATEWAY + ROUTE, "shop"), MeshModel.EMPTY), List.of());

        assertThat(asked[0]).isLessThan(100);
        assertThat(report.warnings())
                .extracting(Problem::render)
                .anySatisfy(each -> assertThat(each)
                        .startsWith(
                                "preflight.unchecked /api/v1/namespaces/shop/services: was not looked at: there are more"
                                        + " than 20000"));
    }
}
