package dev.lintel.mesh.raw;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.raw.RawField.raw;
import static dev.lintel.mesh.raw.RawField.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that are said by hand: set at the end, checked, told by the plan, and never on what a promise rests. */
class RawFieldsTest {
    private static final String HEAD = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: traffic.timeout/v1
                total: 2s
              - kind: traffic.breaker/v1
                maxConnections: 100
            """;

    @TempDir
    Path folder;

    private Backend mesh;

    @BeforeEach
    void mesh() {
        mesh = Mesh.of(istio().domain("example.com"), DirectoryTarget.directory(folder));
    }

    private static List<ApiDefinition> orders(String object, String path, String value) {
        return DefinitionFormat.yaml()
                .read(
                        HEAD + "  - kind: mesh.raw/v1\n    object: " + object + "\n    path: " + path + "\n"
                                + (value.isEmpty() ? "" : "    " + value + "\n"),
                        "orders.yaml");
    }

    private List<String> problems(String object, String path, String value) {
        return mesh.plan(orders(object, path, value)).problems().stream()
                .map(Problem::render)
                .toList();
    }

    @Test
    void aFieldThatIsReadBackIsSetAndTold() throws IOException {
        mesh.apply(mesh.plan(DefinitionFormat.yaml().read(HEAD, "orders.yaml")).allowWidening("the test starts here"));

        Plan plan = mesh.plan(orders("VirtualService/orders-mesh", "spec.http[0].timeout", "text: 3s"));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings())
                .extracting(Problem::render)
                .contains(
                        "raw.by-hand orders.shop VirtualService/orders-mesh spec.http[0].timeout: is said by hand: what it does to"
                                + " requests is told as far as it can be read back\n      say it by a policy where there is one\n"
                                + "      at orders.yaml:9");
        mesh.apply(plan.allowWidening("tried out"));
        assertThat(Files.readString(folder.resolve("shop/orders.yaml"))).contains("    timeout: 3s\n");
        assertThat(mesh.plan(orders("VirtualService/orders-mesh", "spec.http[0].timeout", "text: 3s"))
                        .changes())
                .noneMatch(change -> !change.getClass().getSimpleName().equals("Keep"));
    }

    @Test
    void aFieldThatCannotBeReadBackCountsAsWidening() {
        Plan plan = mesh.plan(
                orders("DestinationRule", "spec.trafficPolicy.proxyProtocol", "json: '{\"version\":\"V2\"}'"));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.effects())
                .filteredOn(Effect::widens)
                .extracting(Effect::text)
                .anyMatch(
                        text -> text.contains("what is said by hand cannot be read") && text.contains("proxyProtocol"));
        assertThatThrownBy(() -> mesh.apply(plan)).hasMessageContaining("allowWidening");
    }

    private static final String TOKENS = "  - kind: auth.oauth2/v1\n    issuers:\n      - issuer: https://id.example\n";

    private Plan asking(String object, String path, String value) {
        return mesh.plan(DefinitionFormat.yaml()
                .read(
                        HEAD + TOKENS + "  - kind: mesh.raw/v1\n    object: " + object + "\n    path: " + path
                                + "\n    " + value + "\n",
                        "orders.yaml"));
    }

    @Test
    void aFieldOfACallIsNotSetInAnAnswer() {
        Plan refused = asking("VirtualService/orders-entry", "spec.http[0].timeout", "text: 3s");

        assertThat(refused.problems())
                .extracting(Problem::render)
                .containsExactly(
                        "raw.answer orders.shop VirtualService/orders-entry spec.http[0].timeout: would be in an"
                                + " answer, which goes to no service, and do nothing\n      the routes to the service are spec.http[1]\n"
                                + "      at orders.yaml:12");
        assertThat(asking("VirtualService/orders-entry", "spec.http[1].timeout", "text: 3s")
                        .problems())
                .isEmpty();
        assertThat(asking("VirtualService/orders-entry", "spec.http[0].directResponse.status", "number: 404")
                        .problems())
                .isEmpty();
    }

    @Test
    void whatIsReadOtherwiseBesideAFieldIsNotSaidToBeSetByHand() {
        Plan plan = asking("VirtualService/orders-entry", "spec.http[1].timeout", "text: 3s");

        assertThat(plan.effects())
                .extracting(Effect::text)
                .filteredOn(text -> text.startsWith("VirtualService shop/orders-mesh: "))
                .isNotEmpty()
                .allMatch(
                        text -> text.startsWith("VirtualService shop/orders-mesh: cannot be read beside what is said by"
                                + " hand in [VirtualService shop/orders-entry]: "));
    }

    @Test
    void callsInPlainTextToWorkloadsThatTakeMutualTlsAreTold() {
        Plan plan = asking("DestinationRule", "spec.trafficPolicy.tls", "json: '{\"mode\": \"DISABLE\"}'");

        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code().equals("lint.tls-against-strict"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("spec.trafficPolicy.tls.mode: 'orders.shop.svc.cluster.local' is called with TLS DISABLE");
        assertThat(asking("DestinationRule", "spec.trafficPolicy.tls", "json: '{\"mode\": \"ISTIO_MUTUAL\"}'")
                        .warnings())
                .noneMatch(warning -> warning.code().startsWith("lint."));
        assertThat(mesh.plan(orders("DestinationRule", "spec.trafficPolicy.tls", "json: '{\"mode\": \"DISABLE\"}'"))
                        .warnings())
                .as("nothing asks for mutual TLS")
                .noneMatch(warning -> warning.code().startsWith("lint."));
    }

    @Test
    void aKindThatIsMisspelledIsToldWithWhatWasMeant() {
        assertThat(problems("VirtualServce/orders-entry", "spec.http[0].timeout", "text: 3s"))
                .containsExactly("raw.forbidden orders.shop VirtualServce/orders-entry spec.http[0].timeout: is in a"
                        + " VirtualServce, which is none of the kinds that raw fields are for\n      did you mean"
                        + " 'VirtualService'?\n      at orders.yaml:9");
    }

    @Test
    void aFieldThatIsMisspelledIsToldWithWhatWasMeant() {
        Plan plan = mesh.plan(orders("VirtualService/orders-entry", "spec.http[0].timeuot", "text: 3s"));

        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code().startsWith("lint."))
                .extracting(Problem::render)
                .containsExactly("lint.misspelled-field orders.shop VirtualService/orders-entry spec.http[0].timeuot:"
                        + " spec.http[0].timeuot: there is no field 'timeuot' here: a cluster refuses the object, or drops the field"
                        + " and lets the rest count without it\n      did you mean 'timeout'?\n      at orders.yaml:9");
    }

    @Test
    void aFieldThatIsMisspelledInsideAValueIsToldAndOneThatIsRightIsNot() {
        Plan wrong = mesh.plan(
                orders("DestinationRule", "spec.trafficPolicy.connectionPool.tcp", "json: '{\"maxConnection\":1}'"));
        Plan right = mesh.plan(
                orders("DestinationRule", "spec.trafficPolicy.connectionPool.tcp", "json: '{\"maxConnections\":1}'"));

        assertThat(wrong.warnings())
                .filteredOn(warning -> warning.code().startsWith("lint."))
                .extracting(Problem::hint)
                .containsExactly("did you mean 'maxConnections'?");
        assertThat(right.warnings()).noneMatch(warning -> warning.code().startsWith("lint."));
    }

    @Test
    void whatIstiosWebhookWouldRefuseIsAProblemBeforeAnyClusterIsAsked() {
        String value = "json: '{\"attempts\":2,\"retryOn\":\"later\"}'";

        assertThat(problems("VirtualService/orders-mesh", "spec.http[0].retries", value))
                .singleElement()
                .asString()
                .startsWith("lint.unknown-value orders.shop VirtualService/orders-mesh spec.http[0].retries:"
                        + " spec.http[0].retries.retryOn: 'later' is no retryOn policy that is valid");
    }

    @Test
    void whatPromisesRestOnIsNotTouched() {
        for (String kind :
                List.of("AuthorizationPolicy", "RequestAuthentication", "PeerAuthentication", "Gateway", "APIRule")) {
            assertThat(problems(kind, "spec.rules[0]", ""))
                    .singleElement()
                    .asString()
                    .startsWith("raw.forbidden orders.shop " + kind + " spec.rules[0]: is in a " + kind
                            + ", on which the promises of the plan rest");
        }
        assertThat(problems("VirtualService/orders-entry", "spec.hosts[0]", "text: bank.example.com"))
                .containsExactly(
                        "raw.forbidden orders.shop VirtualService/orders-entry spec.hosts[0]: would change whom the VirtualService"
                                + " is for\n      say the host or the service by a policy\n      at orders.yaml:9");
    }

    @Test
    void objectsAndPathsThatAreNotThereAreProblems() {
        assertThat(problems("VirtualService", "spec.http[0].timeout", "text: 3s"))
                .singleElement()
                .asString()
                .contains("may be in several objects")
                .contains("VirtualService/orders-entry");
        assertThat(problems("HTTPRoute", "spec.rules", ""))
                .singleElement()
                .asString()
                .contains("is in an object that the API does not have");
        assertThat(problems("DestinationRule", "spec.subsets[0].name", "text: x"))
                .singleElement()
                .asString()
                .contains("spec.subsets is no list");
        assertThat(problems("DestinationRule", "spec.host.x", "text: x"))
                .singleElement()
                .asString()
                .contains("would change whom");
        assertThat(problems("DestinationRule", "spec.trafficPolicy.tls", ""))
                .singleElement()
                .asString()
                .contains("spec.trafficPolicy has no 'tls' to remove");
    }

    @Test
    void pathsAndValuesAreCheckedWhereTheyAreSaid() {
        for (String path : List.of(
                "spec",
                "metadata.labels.a",
                "spec.",
                "spec.a..b",
                "spec[0]",
                "spec.a[-1]",
                "spec.a[99999]",
                "spec.a b",
                "apiVersion",
                "spec" + ".a".repeat(17),
                "spec.a[\"\"]")) {
            assertThatThrownBy(() -> without("VirtualService", path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("but was '" + path + "'");
        }
        assertThatThrownBy(() -> raw("virtual service", "spec.a", 1)).hasMessageContaining("virtual service");
        assertThatThrownBy(() -> raw("VirtualService", "spec.a", 1.5)).hasMessageContaining("java.lang.Double");
        assertThatThrownBy(() -> new RawField("VirtualService", "spec.a", "x", 1, null, null))
                .hasMessageContaining("has one value");
        assertThatThrownBy(() -> new RawField("VirtualService", "spec.a", null, null, null, "{\"a\":null}"))
                .hasMessageContaining("no null");
    }

    @Test
    void aMapIsStoredByItsKeys() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("retryOn", "5xx");
        value.put("attempts", 2);
        assertThat(raw("VirtualService", "spec.http[0].retries", value).json())
                .isEqualTo("{\"attempts\":2,\"retryOn\":\"5xx\"}");
    }

    @Test
    void placesAreSetAddedAndRemoved() {
        Map<String, Object> spec = Map.of("http", List.of(Map.of("name", "a")), "x-y", Map.of());

        assertThat(RawPath.parse("spec.http[0].retries.attempts").in(spec, 2).get("http"))
                .isEqualTo(List.of(Map.of("name", "a", "retries", Map.of("attempts", 2))));
        assertThat(RawPath.parse("spec.http[1]").in(spec, "b").get("http"))
                .isEqualTo(List.of(Map.of("name", "a"), "b"));
        assertThat(RawPath.parse("spec.http[0]").in(spec, null).get("http")).isEqualTo(List.of());
        assertThat(RawPath.parse("spec.x-y[\"a.b/c\"]").in(spec, true).get("x-y"))
                .isEqualTo(Map.of("a.b/c", true));
        assertThatThrownBy(() -> RawPath.parse("spec.http[2]").in(spec, "b"))
                .hasMessage("spec.http has 1 elements, but no [2]");
        assertThatThrownBy(() -> RawPath.parse("spec.http.name").in(spec, "b")).hasMessage("spec.http is no map");
    }

    @Test
    void aDialectByItselfRefusesThem() {
        assertThat(istio().write(model()).problems()).extracting(Problem::code).containsExactly("istio.guard");
        assertThat(RawFields.write(istio(), model()).problems()).isEmpty();
        assertThat(RawFields.stripped(model()).apis().get(0).guards()).isEmpty();
    }

    private static dev.lintel.core.model.MeshModel model() {
        return new dev.lintel.core.engine.ModelCompiler(dev.lintel.core.engine.Kinds.installed())
                .compile(
                        orders("DestinationRule", "spec.trafficPolicy.retryBudget.percent", "number: 20"),
                        istio().world())
                .model();
    }

    @Test
    void whatCannotBeReadBackIsToldOnce() {
        Plan plan = mesh.plan(orders("VirtualService/orders-mesh", "spec.http[0].timeout", "text: 3s"));

        assertThat(plan.effects()).doesNotHaveDuplicates();
    }

    @Test
    void aMisspelledFieldBesideADelegateIsTold() {
        String split = "  - kind: traffic.split/v1\n    shares:\n      - version: v1\n        weight: 90\n"
                + "      - version: v2\n        weight: 10\n";
        List<ApiDefinition> split90 = DefinitionFormat.yaml()
                .read(
                        HEAD + split + "  - kind: mesh.raw/v1\n    object: VirtualService/orders-entry\n"
                                + "    path: spec.http[0].timout\n    text: 3s\n",
                        "orders.yaml");

        assertThat(mesh.plan(split90).effects())
                .extracting(Effect::text)
                .contains(
                        "VirtualService shop/orders-entry: what is said by hand cannot be read: spec.http: timout is not read");
    }
}
