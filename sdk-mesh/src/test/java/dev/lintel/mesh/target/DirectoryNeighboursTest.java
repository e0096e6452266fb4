package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside our objects and opens what they close is told by the plan and by the check. */
class DirectoryNeighboursTest {
    private static final String API = """
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
            """;
    private static final List<Definition> ORDERS = DefinitionFormat.yaml().readAll(API, "orders.yaml");
    private static final String ALL = """
            # whoever asks
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata:
              name: all
              namespace: shop
            spec:
              rules:
              - {}
            """;

    @TempDir
    Path folder;

    private DirectoryTarget target;
    private Mesh mesh;

    @BeforeEach
    void write() {
        target = directory(folder);
        mesh = Mesh.of(istio(), target);
        mesh.apply(mesh.plan(ORDERS));
    }

    /** Warnings about the directory, which the plan and the check have alike. */
    private List<String> told(String code) {
        Plan plan = mesh.plan(ORDERS);
        DirectoryCheck check = target.check(istio(), plan);
        List<Problem> warnings = plan.warnings().stream()
                .filter(one -> one.code().startsWith("directory."))
                .toList();
        assertThat(plan.problems()).isEmpty();
        assertThat(check.warnings()).isEqualTo(warnings);
        assertThat(warnings).extracting(Problem::code).allMatch(code::equals);
        warnings.forEach(one -> assertThat(check.render()).contains("warning " + one.render() + "\n"));
        return warnings.stream().map(Problem::render).toList();
    }

    @Test
    void aPolicyOfTheNamespaceThatOpensIsToldWithItsLine() throws IOException {
        Files.writeString(folder.resolve("theirs.yaml"), "kind: Kustomization\n---\n" + ALL);

        assertThat(told("directory.reopened"))
                .containsExactly(
                        "directory.reopened theirs.yaml: holds AuthorizationPolicy shop/all, which is not ours; its"
                                + " spec.rules[0] allows requests of which AuthorizationPolicy shop/orders spec.rules[0] asks more: one"
                                + " ALLOW is enough, so that nobody needs what the other asks\n      leave them out here (notPaths), or"
                                + " ask the same\n      at theirs.yaml:11");
    }

    @Test
    void policiesByLabelsAndOfTheMeshAreToldAsWell() throws IOException {
        for (String policy : List.of(
                ALL.replace("spec:\n", "spec:\n  selector:\n    matchLabels:\n      app: orders\n"),
                ALL.replace("spec:\n", "spec:\n  action: ALLOW\n"),
                ALL.replace("namespace: shop", "namespace: istio-system"),
                "kind: List\napiVersion: v1\nitems:\n- "
                        + ALL.substring(ALL.indexOf("api")).indent(2).strip() + "\n")) {
            Files.writeString(folder.resolve("theirs.yaml"), policy);

            assertThat(told("directory.reopened")).as(policy).hasSize(1);
        }
        Files.delete(folder.resolve("theirs.yaml"));
        Files.writeString(
                folder.resolve("theirs.json"),
                "{\"apiVersion\": \"security.istio.io/v1\", \"kind\": \"AuthorizationPolicy\","
                        + " \"metadata\": {\"name\": \"all\", \"namespace\": \"shop\"}, \"spec\": {\"rules\": [{}]}}");
        assertThat(told("directory.reopened")).hasSize(1);
    }

    @Test
    void policiesThatOpenNothingOfOursAreNotTold() throws IOException {
        for (String policy : List.of(
                ALL.replace("spec:\n", "spec:\n  action: DENY\n"),
                ALL.replace("namespace: shop", "namespace: other"),
                ALL.replace("spec:\n", "spec:\n  selector:\n    matchLabels:\n      app: carts\n"),
                ALL.replace("  - {}\n", "  - to:\n    - operation:\n        paths:\n        - /carts/*\n"))) {
            Files.writeString(folder.resolve("theirs.yaml"), policy);

            assertThat(told("directory.reopened")).as(policy).isEmpty();
        }
    }

    @Test
    void aPolicyThatCannotBeReadIsTold() throws IOException {
        Files.writeString(folder.resolve("theirs.yaml"), ALL + "  {{- if .Values.open }}\n");

        assertThat(told("directory.unjudged"))
                .singleElement()
                .asString()
                .startsWith("directory.unjudged theirs.yaml: is not ours and line ")
                .contains("whether an object in it opens what ours close is not known");
    }

    /** For the workloads of the API. */
    private static String security(String kind, String spec) {
        return "apiVersion: security.istio.io/v1\nkind: " + kind
                + "\nmetadata:\n  name: zz\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: orders\n"
                + spec;
    }

    private static String networking(String kind, String spec) {
        return "apiVersion: networking.istio.io/v1\nkind: " + kind
                + "\nmetadata:\n  name: zz\n  namespace: shop\nspec:\n" + spec;
    }

    @Test
    void plainTextByAnObjectOfOthersIsTold() throws IOException {
        for (String mode : List.of("PERMISSIVE", "DISABLE", "UNSET")) {
            Files.writeString(
                    folder.resolve("theirs.yaml"), security("PeerAuthentication", "  mtls:\n    mode: " + mode + "\n"));

            assertThat(told("directory.reopened"))
                    .containsExactly(
                            "directory.reopened theirs.yaml: holds PeerAuthentication shop/zz, which is not ours; its"
                                    + " spec.mtls.mode lets callers in plain text, who have no identity, to workloads of which"
                                    + " PeerAuthentication shop/orders takes mutual TLS only: of two for the same workloads the"
                                    + " older counts\n      say STRICT here, or take it away\n      at theirs.yaml:11");
        }
        for (String none : List.of(
                security("PeerAuthentication", "  mtls:\n    mode: STRICT\n"),
                security("PeerAuthentication", "  mtls:\n    mode: DISABLE\n").replace("app: orders", "app: carts"))) {
            Files.writeString(folder.resolve("theirs.yaml"), none);

            assertThat(told("directory.reopened")).as(none).isEmpty();
        }
    }

    @Test
    void anObjectForAVersionAloneIsSeenToBeForWorkloadsOfOurs() throws IOException {
        List<Definition> versions = DefinitionFormat.yaml().readAll(API + """
                                  - kind: traffic.split/v1
                                    shares:
                                      - version: v1
                                        weight: 90
                                      - version: v2
                                        weight: 10
                                """, "orders.yaml");
        Files.writeString(
                folder.resolve("theirs.yaml"),
                security("PeerAuthentication", "  mtls:\n    mode: DISABLE\n").replace("app: orders", "version: v2"));

        assertThat(mesh.plan(versions).warnings())
                .filteredOn(one -> one.code().equals("directory.reopened"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith(
                        "holds PeerAuthentication shop/zz, which is not ours; its spec.mtls.mode lets callers in plain text");
        assertThat(told("directory.reopened")).as("an API without versions").isEmpty();
    }

    @Test
    void otherKeysOfOurIssuerAreTold() throws IOException {
        String keys = security(
                "RequestAuthentication",
                "  jwtRules:\n  - issuer: https://id.example\n    jwksUri: https://evil.example/jwks\n");
        Files.writeString(folder.resolve("theirs.yaml"), keys);

        assertThat(told("directory.reopened"))
                .containsExactly(
                        "directory.reopened theirs.yaml: holds RequestAuthentication shop/zz, which is not ours; its"
                                + " spec.jwtRules[0].jwksUri takes tokens of 'https://id.example' by the keys at"
                                + " 'https://evil.example/jwks', and RequestAuthentication shop/orders by the keys that the issuer"
                                + " publishes for the same workloads: a token that one of them takes is taken\n      say the same"
                                + " keys, or leave the issuer out here\n      at theirs.yaml:12");
        Files.writeString(folder.resolve("theirs.yaml"), keys.replace("issuer: https://id", "issuer: https://other"));
        assertThat(told("directory.reopened")).isEmpty();
    }

    @Test
    void callsWithoutTheMutualTlsOfTheMeshAreTold() throws IOException {
        for (String host :
                List.of("orders", "orders.shop.svc.cluster.local", "'*.shop.svc.cluster.local'", "'*.local'")) {
            String rule = networking(
                    "DestinationRule", "  host: " + host + "\n  trafficPolicy:\n    tls:\n      mode: DISABLE\n");
            Files.writeString(folder.resolve("theirs.yaml"), rule);

            assertThat(told("directory.reopened"))
                    .as(host)
                    .singleElement()
                    .asString()
                    .contains("holds DestinationRule shop/zz, which is not ours; it calls"
                            + " 'orders.shop.svc.cluster.local' with TLS DISABLE in place of the mesh's mutual TLS")
                    .endsWith("at theirs.yaml:9");
            Files.writeString(folder.resolve("theirs.yaml"), rule.replace("DISABLE", "ISTIO_MUTUAL"));
            assertThat(told("directory.reopened")).as(host).isEmpty();
        }
        Files.writeString(
                folder.resolve("theirs.yaml"),
                networking("DestinationRule", "  host: carts\n  trafficPolicy:\n    tls:\n      mode: DISABLE\n"));
        assertThat(told("directory.reopened")).isEmpty();
    }

    @Test
    void whatChangesOurProxiesIsToldAsNotJudged() throws IOException {
        String selector = "  workloadSelector:\n    labels:\n      app: orders\n";
        for (String filter : List.of(
                networking("EnvoyFilter", selector),
                networking("EnvoyFilter", "  configPatches: []\n"),
                networking("EnvoyFilter", "  configPatches: []\n")
                        .replace("namespace: shop", "namespace: istio-system"),
                networking("Sidecar", selector),
                networking("Sidecar", "  ingress: []\n"))) {
            Files.writeString(folder.resolve("theirs.yaml"), filter);

            assertThat(told("directory.unjudged"))
                    .as(filter)
                    .singleElement()
                    .asString()
                    .contains("which is not ours; it changes the proxies of workloads");
        }
        for (String none : List.of(
                networking("EnvoyFilter", selector.replace("orders", "carts")),
                networking("EnvoyFilter", selector).replace("namespace: shop", "namespace: other"),
                networking("Sidecar", "  egress: []\n"))) {
            Files.writeString(folder.resolve("theirs.yaml"), none);

            assertThat(told("directory.unjudged")).as(none).isEmpty();
        }
    }

    @Test
    void routesOfOthersForOurHostAtOurGatewayAreTold() throws IOException {
        String routes = networking(
                "VirtualService", "  hosts:\n  - orders.shop.localhost\n  gateways:\n  - istio-system/shop\n");
        Files.writeString(folder.resolve("theirs.yaml"), routes);

        assertThat(told("directory.taken"))
                .containsExactly(
                        "directory.taken theirs.yaml: holds VirtualService shop/zz, which is not ours; it has routes for"
                                + " 'orders.shop.localhost' at the gateway istio-system/shop, as VirtualService shop/orders-entry has:"
                                + " which of them comes first is not said\n      say them by the definition, or take another host\n"
                                + "      at theirs.yaml:6");
        Files.writeString(folder.resolve("theirs.yaml"), routes.replace("istio-system/shop", "shop"));
        assertThat(told("directory.taken")).isEmpty();
        Files.writeString(folder.resolve("theirs.yaml"), routes.replace("orders.", "carts."));
        assertThat(told("directory.taken")).isEmpty();
    }

    @Test
    void brokenYamlOfOthersIsToldWithItsLineAndKeepsNothingFromBeingPlanned() throws IOException {
        Files.writeString(folder.resolve("shop/extra.yaml"), "a: [1\nb: 2");

        assertThat(told("directory.unjudged"))
                .singleElement()
                .asString()
                .startsWith("directory.unjudged shop/extra.yaml: is not ours and line 2 is not YAML: ")
                .endsWith("at shop/extra.yaml:2");
        Files.writeString(folder.resolve("shop/extra.yaml"), "a: &x 1\nb: *x\n");
        assertThat(told("directory.unjudged")).as("YAML of no mesh").isEmpty();
    }

    @Test
    void anObjectThatTakesThePlaceOfOursIsTold() throws IOException {
        Files.writeString(
                folder.resolve("theirs.yaml"),
                ALL.replace("name: all", "name: orders").replace("spec:", "spec:\n  action: DENY"));

        assertThat(told("directory.taken"))
                .containsExactly(
                        "directory.taken theirs.yaml: holds AuthorizationPolicy shop/orders, which is written here as"
                                + " well: whichever is applied last counts\n      take it away, or give it another name\n      at"
                                + " theirs.yaml:4");
    }

    @Test
    void aCheckTellsWhatTheDirectoryLetsThroughAndTheDefinitionsRefuse() throws IOException {
        Path file = folder.resolve("shop/orders.yaml");
        String right = Files.readString(file);
        List<Definition> open = DefinitionFormat.yaml()
                .readAll(API + "      - endpoint: /orders/open\n        allow: anyone\n", "orders.yaml");
        mesh.apply(mesh.plan(open).allowWidening("the test opens it"));

        DirectoryCheck check = target.check(istio(), mesh.plan(ORDERS));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.warnings())
                .extracting(Problem::render)
                .containsExactly(
                        "directory.open directory " + folder + ": lets more through than the definitions: orders.shop:"
                                + " newly public: /orders/open (was: scope orders.read)\n      apply the plan, or say by a definition what"
                                + " is meant");
        assertThat(target.check(istio(), mesh.plan(open)).warnings()).isEmpty();
        assertThat(target.check(istio(), mesh.plan(List.of())).warnings())
                .extracting(Problem::message)
                .containsExactly("exposes orders.shop at orders.shop.localhost, which no definition does");
        Files.writeString(
                file, right.replace("mode: STRICT", "mode: STRICT\n  portLevelMtls:\n    80:\n      mode: DISABLE"));
        assertThat(target.check(istio(), mesh.plan(ORDERS)).warnings())
                .extracting(Problem::message)
                .anyMatch(text ->
                        text.startsWith("may let anything through: PeerAuthentication shop/orders cannot be read: "));
    }

    @Test
    void whatStandsInTheWayIsOneProblemThatSaysWhatItIs() throws IOException {
        Path file = folder.resolve("shop/orders.yaml");
        String right = Files.readString(file);
        Files.writeString(file, "");
        assertThat(mesh.plan(ORDERS).problems())
                .extracting(Problem::render)
                .containsExactly(
                        "directory.foreign shop/orders.yaml: is there already and not ours: there is no object in"
                                + " it\n      delete it, and the next write makes it");

        Files.writeString(file, right.replace("managed-by: lintel", "managed-by: helm"));
        Plan plan = mesh.plan(ORDERS);
        assertThat(plan.problems())
                .extracting(Problem::render)
                .containsExactly(
                        "directory.foreign shop/orders.yaml: is there already and not ours: it holds PeerAuthentication"
                                + " shop/orders, which is to be written, without the label 'app.kubernetes.io/managed-by:"
                                + " lintel'\n      put the label back, or delete the file, and the next write makes it");
        assertThat(plan.warnings()).noneMatch(one -> one.code().startsWith("directory."));
    }

    @Test
    void lineEndsThatDifferAreTold() throws IOException {
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        Plan plan = mesh.plan(ORDERS);

        String words = "line ends differ: CRLF is there, and LF is written\n";
        assertThat(plan.changes()).contains(new Change.Update("file shop/orders.yaml", words));
        assertThat(target.check(istio(), plan).render())
                .startsWith("--- a/shop/orders.yaml\n+++ b/shop/orders.yaml\n" + words);
    }

    @Test
    void aCheckSaysThatAPlanWidensWhereSomebodyHasClosedSomething() throws IOException {
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, Files.readString(file).replace("- orders.read", "- orders.admin"));
        Plan plan = mesh.plan(ORDERS);
        assertThat(plan.widens()).isTrue();

        assertThat(target.check(istio(), plan).warnings())
                .filteredOn(one -> one.code().equals("directory.widens"))
                .singleElement()
                .extracting(Problem::hint)
                .isEqualTo("if that is meant, say allowWidening(\"reason\") on the plan");
        assertThat(target.check(istio(), plan.allowWidening("it was closed by mistake"))
                        .warnings())
                .noneMatch(one -> one.code().equals("directory.widens"));
    }
}
