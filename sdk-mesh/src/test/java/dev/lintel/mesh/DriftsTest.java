package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Hand;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has happened to a target since definitions were applied to it. */
class DriftsTest {
    private static final Definition ORDERS =
            DefinitionFormat.yaml().readAll("""
                    kind: Api/v1
                    service: orders
                    namespace: shop
                    policies:
                      - kind: auth.oauth2/v1
                        issuers:
                          - issuer: https://id.example
                        rules:
                          - endpoint: /orders/**
                            scopes:
                              - orders.read
                          - endpoint: /debug
                            scopes:
                              - admin
                      - kind: traffic.split/v1
                        shares:
                          - version: v1
                            weight: 90
                          - version: v2
                            weight: 10
                    """, "orders.yaml").get(0);

    @TempDir
    Path folder;

    private Mesh files() {
        return Mesh.of(istio().domain("example.com"), DirectoryTarget.directory(folder));
    }

    private Mesh applied() {
        Mesh mesh = files();
        Plan plan = mesh.plan(ORDERS);
        mesh.apply(plan);
        return mesh;
    }

    @Test
    void whatWasAppliedHasNotDrifted() {
        assertThat(applied().diff(ORDERS).render()).isEqualTo("""
                drift of istio in directory %s
                nothing has drifted
                """.formatted(folder));
    }

    @Test
    void aFileThatIsEditedByHandIsToldWithWhatItDoesToRequests() throws IOException {
        Mesh mesh = applied();
        edit("AuthorizationPolicy", "      - admin\n", "      - orders.read\n");

        assertThat(mesh.diff(ORDERS).render().replaceAll("\\(orders.yaml:\\d+\\)", "(orders.yaml:N)"))
                .isEqualTo("""
                        drift of istio in directory %s
                        ~ AuthorizationPolicy shop/orders
                            @@ -41,7 +41,7 @@
                                 when:
                                 - key: request.auth.claims[scope]
                                   values:
                            -      - admin
                            +      - orders.read
                               - from:
                                 - source:
                                     notPrincipals:
                        what it does to requests:
                          ! orders.shop: now needs scope orders.read: /debug (was: scope admin)  (orders.yaml:N)
                        1 changed, 0 missing, 0 that nobody defines, 0 opened by others
                        """.formatted(folder));
    }

    @Test
    void coloursShowWhatOpens() throws IOException {
        Mesh mesh = applied();
        edit("AuthorizationPolicy", "      - admin\n", "      - orders.read\n");

        assertThat(mesh.diff(ORDERS).render(true))
                .contains("\u001b[33m~ AuthorizationPolicy shop/orders\u001b[0m")
                .contains("\u001b[32m    +      - orders.read\u001b[0m")
                .contains("\u001b[1;31m  ! orders.shop: ");
    }

    @Test
    void whatIsGoneAndWhatNobodyDefinesAreToldApart() throws IOException {
        Mesh mesh = applied();
        Path policy = file("AuthorizationPolicy");
        Path entry = file("RequestAuthentication");
        String text = Files.readString(policy);
        Files.writeString(
                entry.resolveSibling("authorizationpolicy-more.yaml"), text.replace("name: orders\n", "name: more\n"));
        Files.delete(policy);

        Drift drift = mesh.diff(ORDERS);

        assertThat(drift.objects())
                .hasSize(8)
                .extracting(one -> one.way() + " " + one.object())
                .contains("MISSING AuthorizationPolicy shop/orders", "UNDEFINED AuthorizationPolicy shop/more");
        assertThat(drift.render())
                .contains(
                        "- AuthorizationPolicy shop/orders, which is missing\n",
                        "+ AuthorizationPolicy shop/more, which nobody defines\n");
    }

    @Test
    void aPolicyOfOthersBesideOursIsDriftThoughOursAreAsTheyWere() throws IOException {
        Mesh mesh = applied();
        Files.writeString(folder.resolve("theirs.yaml"), """
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata:
                  name: all
                  namespace: shop
                spec:
                  rules:
                  - {}
                """);

        Drift drift = mesh.diff(ORDERS);

        assertThat(drift.objects()).isEmpty();
        assertThat(drift.opened()).isNotEmpty().allMatch(one -> one.code().equals("directory.reopened"));
        assertThat(drift.isDrifted()).isTrue();
        assertThat(drift.widens()).isTrue();
    }

    @Test
    void aFileThatCannotBeUnderstoodIsDriftOfWhichNobodyKnowsWhatItDoes() throws IOException {
        Mesh mesh = applied();
        edit("AuthorizationPolicy", "spec:\n", "spec: [\n");

        Drift drift = mesh.diff(ORDERS);

        assertThat(drift.problems()).isNotEmpty();
        assertThat(drift.isDrifted()).isTrue();
        assertThat(drift.render()).endsWith("; not all could be looked at\n");
    }

    @Test
    void definitionsWithProblemsAreComparedWithNothing() {
        assertThatThrownBy(() -> files().diff(ORDERS, ORDERS)).isInstanceOf(ProblemsException.class);
    }

    @Test
    void handsAreNamedAndNothingSteersATerminal() {
        Drifted one = new Drifted(
                "Sidecar shop/orders",
                Drifted.Way.CHANGED,
                "-a\n+b\n",
                List.of(new Hand("kubectl\u001b[2J", Instant.EPOCH, List.of("spec.egress"))),
                "it is on its way out");
        Drift drift = new Drift("here", List.of(one), List.of(), List.of(), List.of(), List.of());

        assertThat(drift.render()).isEqualTo("""
                drift of here
                ~ Sidecar shop/orders
                    -a
                    +b
                    it is on its way out
                    by kubectl\\u001b[2J at 1970-01-01T00:00:00Z: spec.egress
                1 changed, 0 missing, 0 that nobody defines, 0 opened by others
                """);
    }

    @Test
    void fieldsOfOthersAreToldOnlyWhereTheyMeanSomething() {
        Dialect dialect = istio().domain("example.com");
        Mesh mesh = Mesh.of(dialect, new SaidAndLive(List.of(), List.of()));
        List<Manifest> wanted = mesh.manifests(mesh.plan(ORDERS));
        Target target =
                new SaidAndLive(wanted, wanted.stream().map(DriftsTest::seen).toList());
        assertThat(Mesh.of(dialect, target).diff(ORDERS).isDrifted()).isFalse();

        List<Manifest> opened = wanted.stream()
                .map(one -> one.kind().equals("DestinationRule")
                        ? one.withSpec(with(one.spec(), "trafficPolicy", Map.of("tls", Map.of("mode", "DISABLE"))))
                        : seen(one))
                .toList();
        Drift drift = Mesh.of(dialect, new SaidAndLive(wanted, opened)).diff(ORDERS);
        assertThat(drift.objects()).extracting(Drifted::object).containsExactly("DestinationRule shop/orders");
        assertThat(drift.objects().get(0).diff()).contains("+      mode: DISABLE");
    }

    private static Manifest seen(Manifest one) {
        return new Manifest(
                one.apiVersion(),
                one.kind(),
                one.namespace(),
                one.name(),
                one.labels(),
                Map.of("team", "shop"),
                one.spec());
    }

    private static Map<String, Object> with(Map<String, Object> spec, String key, Object value) {
        Map<String, Object> more = Trees.copy(spec);
        more.put(key, value);
        return more;
    }

    private Path file(String kind) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("kind: " + kind + "\n")) {
                    return file;
                }
            }
        }
        throw new AssertionError("no " + kind);
    }

    private void edit(String kind, String from, String to) throws IOException {
        Path file = file(kind);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
