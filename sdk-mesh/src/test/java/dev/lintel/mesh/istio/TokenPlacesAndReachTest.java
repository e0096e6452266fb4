package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What real proxies would let through, or cut off unsaid, although writer and reader agree about it. */
class TokenPlacesAndReachTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");

    private static Written write(MeshModel model) {
        return DIALECT.write(model);
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    private static Manifest of(Written written, String kind) {
        return written.manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static ApiModel elsewhere() {
        ApiModel api = new Sketch().withoutVersions().api();
        Elsewhere far = new Elsewhere(
                Elsewhere.Kind.EXTERNAL,
                URI.create("https://api.psp.example:443"),
                "api.psp.example",
                new Elsewhere.Tls("api.psp.example", List.of("api.psp.example"), null, null, null),
                null,
                null,
                Sketch.LINE);
        Service here = api.service();
        Traffic traffic = new Traffic(List.of(), List.of(), null, null, null, null, far);
        Service service = new Service(here.name(), here.port(), here.labels(), List.of(), null, null, null, traffic);
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, List.of(), api.origin());
    }

    private static ApiModel labelled(ApiModel api, Map<String, String> labels) {
        Service here = api.service();
        Service service = new Service(
                here.name(),
                here.port(),
                labels,
                here.versions(),
                here.split(),
                here.retry(),
                here.timeout(),
                here.traffic());
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, List.of(), api.origin());
    }

    private static IsolationRule lab(String... to) {
        List<Peer> peers = new ArrayList<>();
        for (String each : to) {
            peers.add(new Peer("shop", each));
        }
        return new IsolationRule("lab", List.of(), peers, Sketch.LINE);
    }

    @Test
    void aTokenInTheQueryIsNone() {
        Requirement token = new Requirement.Token(List.of(Grant.NONE));
        Written written = write(new Sketch().withoutSplit().scope("/**", token).model());

        assertThat(written.problems()).isEmpty();
        assertThat(String.valueOf(of(written, Meta.REQUEST_AUTHENTICATION).spec()))
                .contains("fromHeaders=[{name=Authorization, prefix=Bearer }]");
        assertThat(written.deviations())
                .extracting(deviation -> deviation.code())
                .contains("istio.inside-tokens");
    }

    @Test
    void theNamesOfAWildcardAndOfAHostAreTwo() {
        List<EgressRule> rules = new ArrayList<>();
        for (String host : List.of("*.psp.example", "any.psp.example")) {
            rules.add(new EgressRule("shop", host, List.of(443), List.of(), true, Sketch.LINE));
        }
        Written written = write(new MeshModel(List.of(), rules, List.of()));

        assertThat(written.problems()).isEmpty();
        assertThat(written.manifests()).extracting(Manifest::id).doesNotHaveDuplicates();
    }

    @Test
    void whatIsLetOutForAllOfTheMeshIsNotTakenIn() {
        EgressRule rule = new EgressRule("shop", "api.psp.example", List.of(443), List.of(), true, Sketch.LINE);
        Written written = write(new MeshModel(List.of(), List.of(rule), List.of()));

        assertThat(String.valueOf(of(written, Meta.SIDECAR).spec()))
                .contains("istio-system/*.istio-system.svc.cluster.local")
                .doesNotContain("istio-system/*,");
        List<Manifest> opened = Mutant.of(
                        Meta.SIDECAR,
                        "",
                        spec -> spec.put(
                                "egress",
                                List.of(Map.of(
                                        "hosts",
                                        List.of("./*.shop.svc.cluster.local", "istio-system/*", "./api.psp.example")))))
                .apply(written.manifests());
        assertThat(DIALECT.read(opened).problems())
                .anyMatch(problem -> problem.message().contains("lets out for everybody"));
    }

    @Test
    void nothingKeepsAnIsolatedNamespaceFromAServiceElsewhere() {
        ApiModel api = elsewhere();

        assertThat(write(new MeshModel(List.of(api), List.of(), List.of(lab()))).problems())
                .containsExactly(new Problem(
                        "istio.elsewhere-isolation",
                        "orders.shop",
                        "a mesh keeps those in 'lab' from calling at the workloads that they call, and a service elsewhere is"
                                + " none of them",
                        "allow it there: Api.isolate(\"lab\").allowTo(\"orders.shop\"); or leave it out for this world",
                        Sketch.LINE));
        assertThat(write(new MeshModel(
                                List.of(api),
                                List.of(),
                                List.of(lab(api.service().name()))))
                        .problems())
                .isEmpty();
    }

    @Test
    void noBoundaryIsAroundAServiceElsewhere() {
        IsolationRule around = new IsolationRule("shop", List.of(), List.of(), Sketch.LINE);

        assertThat(write(new MeshModel(List.of(elsewhere()), List.of(), List.of(around)))
                        .problems())
                .containsExactly(new Problem(
                        "istio.elsewhere-isolation",
                        "orders.shop",
                        "a mesh keeps the boundary of a namespace at its workloads, and a service elsewhere is none of them",
                        "define the API in a namespace that is not isolated: inNamespace(…)",
                        Sketch.LINE));
    }

    @Test
    void thatABoundaryNeedsSidecarsAtTheCalledSideIsSaid() {
        ApiModel api = new Sketch().withoutSplit().ownService("orders-v2").api();
        Written written = write(new MeshModel(List.of(api), List.of(), List.of(lab())));

        assertThat(written.problems()).isEmpty();
        assertThat(codes(written.prerequisites())).contains("istio.strict-mtls", "istio.version-labels");
    }

    @Test
    void aBoundaryOfAServiceWithoutLabelsWouldBeThatOfItsNamespace() {
        ApiModel api = labelled(new Sketch().withoutVersions().api(), Map.of());

        assertThat(codes(write(new MeshModel(List.of(api), List.of(), List.of(lab())))
                        .problems()))
                .contains("istio.no-labels");
        assertThat(write(new MeshModel(List.of(api))).problems()).isEmpty();
    }

    @Test
    void oneWorkloadHasOneBoundary() {
        ApiModel one = new Sketch().withoutVersions().api();
        ApiModel two = new Sketch().withoutVersions().named("carts").api();
        ApiModel same = labelled(two, one.service().labels());

        assertThat(codes(write(new MeshModel(
                                List.of(one, same),
                                List.of(),
                                List.of(lab(one.service().name()))))
                        .problems()))
                .containsExactly("istio.shared-workload");
        assertThat(write(new MeshModel(List.of(one, same), List.of(), List.of(lab())))
                        .problems())
                .isEmpty();
    }

    @Test
    void nothingIsSentElsewhereInTheClearWhileManifestsAreApplied() {
        List<String> kinds = write(new MeshModel(List.of(elsewhere()))).manifests().stream()
                .map(Manifest::kind)
                .toList();

        assertThat(kinds.indexOf(Meta.DESTINATION_RULE)).isBetween(0, kinds.indexOf(Meta.SERVICE_ENTRY) - 1);
    }
}
