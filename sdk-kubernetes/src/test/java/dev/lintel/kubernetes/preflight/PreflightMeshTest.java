package dev.lintel.kubernetes.preflight;

import static dev.lintel.kubernetes.preflight.Preflight.preflight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.preflight.ClusterReader.Got;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target.Wanted;
import dev.lintel.mesh.YamlTrees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a preflight makes of several revisions of istiod, and of what the configuration of the mesh says about all proxies. */
class PreflightMeshTest {
    private static final String POLICIES = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: orders, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            ---
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: far, namespace: far}
            spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}
            """;
    private static final String ROOT = "/api/v1/namespaces/istio-system";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/istio-system/deployments?limit=500";
    private static final Problem FAR = new Problem(
            "istio.elsewhere-name",
            "billing.shop",
            "calls find it where sidecars answer DNS",
            "set it",
            Origin.unknown());

    private final Map<String, String> documents = new LinkedHashMap<>();

    @BeforeEach
    void healthy() {
        documents.put(Revisions.INJECTORS + "?limit=500", """
                items:
                - metadata: {labels: {app: sidecar-injector, istio.io/rev: default}}
                  webhooks: [{clientConfig: {service: {namespace: istio-system}}}]
                - metadata: {labels: {app: sidecar-injector, istio.io/rev: v31}}
                  webhooks: [{clientConfig: {service: {namespace: istio-system}}}]
                - metadata: {labels: {app: sidecar-injector, istio.io/rev: v31, istio.io/tag: stable}}
                  webhooks: [{clientConfig: {service: {namespace: istio-system}}}]
                - metadata: {labels: {app: sidecar-injector, istio.io/rev: other}}
                  webhooks: [{clientConfig: {service: {namespace: elsewhere}}}]
                """);
        documents.put(DEPLOYMENTS, "items: [" + istiod("default", "1.30.0") + ", " + istiod("v31", "1.31.2") + "]");
        documents.put(ROOT + "/configmaps/istio", "data: {mesh: ''}");
        documents.put(ROOT + "/configmaps/istio-v31", "data: {mesh: ''}");
        shop("istio-injection: enabled");
        documents.put("/api/v1/namespaces/far", "metadata: {labels: {kubernetes.io/metadata.name: far}}");
    }

    private static String istiod(String revision, String version) {
        return "{metadata: {labels: {app: istiod, istio.io/rev: " + revision
                + "}}, spec: {template: {spec: {containers: [{name: discovery, image: 'docker.io/istio/pilot:" + version
                + "-distroless'}]}}}}";
    }

    private void shop(String label) {
        documents.put(
                "/api/v1/namespaces/shop", "metadata: {labels: {kubernetes.io/metadata.name: shop, " + label + "}}");
    }

    private Got got(String path) {
        String text = documents.get(path);
        return text == null
                ? new Got(404, Map.of())
                : new Got(200, Docs.map(YamlTrees.read(text).get(0)));
    }

    private PreflightReport check(Preflight preflight, List<Problem> prerequisites) {
        return preflight.check(
                paths -> paths.stream().map(this::got).toList(),
                new Wanted(ManifestYaml.readAny(POLICIES, "shop"), MeshModel.EMPTY),
                prerequisites);
    }

    private List<String> problems(Preflight preflight) {
        return check(preflight, List.of()).problems().stream()
                .map(Problem::render)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"istio-injection: enabled", "istio.io/rev: v31", "istio.io/rev: stable", "istio.io/rev: default"
            })
    void aRevisionIsKnownByItsNameAndByItsTag(String label) {
        shop(label);

        assertThat(check(preflight(), List.of()).warnings())
                .extracting(Problem::code)
                .containsExactly("preflight.selects-nothing");
        assertThat(problems(preflight())).isEmpty();
    }

    @Test
    void aMeshOfWhichNoInjectorIsKnownIsAWarning() {
        documents.remove(Revisions.INJECTORS + "?limit=500");

        assertThat(problems(preflight())).isEmpty();
        assertThat(check(preflight(), List.of()).warnings())
                .extracting(Problem::code)
                .contains("preflight.revision");
    }

    @Test
    void theRevisionOfTheNamespaceIsTheOneWhoseVersionCounts() {
        documents.put(DEPLOYMENTS, "items: [" + istiod("default", "1.31.0") + ", " + istiod("v31", "1.26.4") + "]");
        assertThat(problems(preflight())).isEmpty();

        shop("istio.io/rev: stable");
        assertThat(problems(preflight())).containsExactly("""
                preflight.istio-version istiod 'v31' in istio-system: is Istio 1.26, and only 1.27 to 1.31 is known
                      use a version of these, or a newer Lintel""");
    }

    @Test
    void theConfigurationOfTheNamespacesRevisionIsTheOneThatCounts() {
        documents.put(ROOT + "/configmaps/istio-v31", "data: {mesh: 'enableAutoMtls: false'}");
        assertThat(problems(preflight())).isEmpty();

        shop("istio.io/rev: v31");
        assertThat(problems(preflight())).containsExactly("""
                preflight.auto-mtls ConfigMap istio-system/istio-v31: says enableAutoMtls: false, and PeerAuthentication \
                shop/orders asks who calls: proxies call in plain text, and are refused
                      leave enableAutoMtls out, which is true then""");
    }

    @Test
    void aRevisionThatNobodyInjectsIsAProblemThatNamesThoseThatThereAre() {
        shop("istio.io/rev: other");

        assertThat(problems(preflight())).containsExactly("""
                preflight.revision Namespace shop: is labelled for the revision 'other' of istiod, and there is no injector of \
                that name in 'istio-system': there is default, stable, v31; new Pods get no sidecar
                      kubectl label namespace shop istio-injection- istio.io/rev=default --overwrite""");
    }

    @Test
    void anotherRevisionThanTheOneThatWasSaidIsAProblem() {
        assertThat(problems(preflight().revision("v31"))).containsExactly("""
                preflight.revision Namespace shop: has the revision 'default' of istiod by its labels, and not 'v31'
                      say preflight().revision("default"), or label it for the other""");
    }

    @Test
    void proxiesThatCatchNothingAreAProblem() {
        documents.put(ROOT + "/configmaps/istio", "data: {mesh: 'defaultConfig: {interceptionMode: NONE}'}");

        assertThat(problems(preflight()))
                .singleElement()
                .asString()
                .startsWith(
                        "preflight.interception ConfigMap istio-system/istio: says defaultConfig.interceptionMode: NONE");
    }

    @Test
    void namesThatSidecarsDoNotAnswerAreAProblemWhereServicesElsewhereNeedThem() {
        PreflightReport without = check(preflight(), List.of(FAR));
        documents.put(
                ROOT + "/configmaps/istio",
                "data: {mesh: 'defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}'}");
        PreflightReport with = check(preflight(), List.of(FAR));

        assertThat(without.problems()).extracting(Problem::render).containsExactly("""
                preflight.dns-capture ConfigMap istio-system/istio: says defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE \
                nothing, for billing.shop calls find it where sidecars answer DNS
                      set it""");
        assertThat(with.problems()).isEmpty();
        assertThat(with.unjudged(List.of(FAR))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{matchLabels: {kubernetes.io/metadata.name: shop}} | far",
                "{matchLabels: {kubernetes.io/metadata.name: shop, mesh: 'on'}} | far shop",
                "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [far, more]}]} | shop",
                "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [far]}]} | far",
                "{matchExpressions: [{key: istio-injection, operator: Exists}]} | far",
                "{matchExpressions: [{key: istio-injection, operator: DoesNotExist}]} | shop",
                "{matchExpressions: [{key: istio-injection, operator: Like}]} | far shop",
                "{} | ''",
            })
    void aNamespaceThatIstiodDoesNotReadIsAProblem(String selector, String hidden) {
        documents.put(ROOT + "/configmaps/istio", "data: {mesh: \"discoverySelectors: [" + selector + "]\"}");

        assertThat(check(preflight(), List.of()).problems())
                .extracting(problem -> problem.code() + " " + problem.path())
                .isEqualTo(Stream.of(hidden.split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(name -> "preflight.hidden-namespace Namespace " + name)
                        .toList());
    }
}
