package dev.lintel.mesh.imports;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Problem;
import dev.lintel.mesh.target.YamlFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests in the shapes in which people have them: files, lists, dumps of a cluster, what Helm makes. */
class ImportShapesTest {
    private static final String GATEWAY = SmallObjects.ISTIO_GATEWAY;
    private static final String SERVICE = SmallObjects.SERVICE;
    private static final String ROUTES = SmallObjects.VIRTUAL_SERVICE;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: orders
            spec:
              template:
                metadata:
                  labels: {app: orders}
                spec:
                  containers: [{name: orders, image: orders}]
            """;

    private static Imported imported(Map<String, String> texts) {
        return Import.by(istio().domain("example.com")).texts(texts, "shop");
    }

    private static Imported imported(String... texts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) {
            files.put((char) ('a' + i) + ".yaml", texts[i]);
        }
        return imported(files);
    }

    private static List<String> told(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> !problem.code().equals("istio.travels"))
                .map(problem -> problem.path() + ": " + problem.message()
                        + problem.origin().after(" at "))
                .toList();
    }

    private static void assertProven(Imported imported) {
        assertThat(told(imported.problems())).isEmpty();
        assertThat(imported.differences()).isEmpty();
        assertThat(imported.isProven()).isTrue();
        assertThat(imported.compared()).isPositive();
        assertThat(imported.definitions()).hasSize(1);
        assertThat(imported.source()).contains("ordersInShop()");
    }

    private static String item(String object) {
        return "- " + object.indent(2).stripLeading();
    }

    @Test
    void aFileForEachObject() {
        assertProven(imported(GATEWAY, SERVICE, ROUTES));
    }

    @Test
    void objectsOfSeveralKindsInOneFile() {
        assertProven(imported("---\n" + GATEWAY + "---\n" + SERVICE + "---\n" + ROUTES));
    }

    @Test
    void aListOfObjectsAsACommandPrintsIt() {
        String list = "apiVersion: v1\nkind: List\nmetadata:\n  resourceVersion: \"\"\nitems:\n" + item(GATEWAY)
                + item(SERVICE) + item(ROUTES);

        assertProven(imported(list));
    }

    @Test
    void aProblemInAListHasTheLineOfItsField() {
        String cors = ROUTES + "    corsPolicy:\n      allowOrigins: [{exact: https://a.example}]\n";
        String list = "apiVersion: v1\nkind: List\nitems:\n" + item(GATEWAY) + item(SERVICE) + item(cors);

        Imported imported = imported(list);

        int line = list.substring(0, list.indexOf("corsPolicy:")).split("\n", -1).length;
        assertThat(told(imported.problems()))
                .singleElement()
                .asString()
                .startsWith("VirtualService shop/orders: spec.http[0]: corsPolicy ")
                .endsWith(" at a.yaml:" + line);
        assertThat(imported.problems().get(0).hint()).contains("preflight");
    }

    @Test
    void aDumpOfACluster() {
        String dumped = ROUTES.replace("  name: orders\n", """
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: |
                      {"apiVersion":"networking.istio.io/v1","kind":"VirtualService","spec":{"hosts":["other"]}}
                  creationTimestamp: "2026-01-01T00:00:00Z"
                  generation: 3
                  managedFields:
                  - apiVersion: networking.istio.io/v1
                    fieldsType: FieldsV1
                    fieldsV1: {"f:spec": {".": {}, "f:hosts": {}}}
                    manager: kubectl
                    operation: Update
                  name: orders
                  namespace: shop
                  resourceVersion: "4711"
                  uid: 5f1c3c2e-0000-4000-8000-000000000000
                """)
                + "status:\n  conditions:\n  - type: Reconciled\n    status: \"True\"\n";

        assertProven(imported(GATEWAY, SERVICE, dumped));
    }

    @Test
    void whatHelmMakes() {
        String made = "---\n# Source: shop/templates/gateway.yaml\n" + GATEWAY
                + "---\n# Source: shop/templates/empty.yaml\n\n---\n# Source: shop/templates/service.yaml\n"
                + SERVICE.replace("  name: orders\n", """
                          name: orders
                          namespace: ""
                          labels:
                            helm.sh/chart: shop-0.1.0
                            app.kubernetes.io/managed-by: Helm
                          annotations:
                        """)
                + "---\n# Source: shop/templates/routes.yaml\n" + ROUTES;

        assertProven(imported(made));
    }

    @Test
    void commentsAndWindowsLineEnds() {
        String commented = "# who calls\n" + ROUTES.replace("spec:\n", "spec: # all of it\n  # hosts follow\n");

        assertProven(imported(GATEWAY, SERVICE.replace("\n", "\r\n"), commented));
    }

    @Test
    void objectsAsJson() {
        String json = "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"orders\"},"
                + " \"spec\": {\"selector\": {\"app\": \"orders\"}, \"ports\": [{\"port\": 8080}]}}";

        assertProven(imported(Map.of("gateway.yaml", GATEWAY, "service.json", json, "routes.yaml", ROUTES)));
    }

    @Test
    void whatSaysNothingAboutRequestsIsNoted() {
        Imported imported = imported(GATEWAY, SERVICE, ROUTES, DEPLOYMENT, "replicas: 2\nimage: orders\n");

        assertProven(imported);
        assertThat(told(imported.notes()))
                .containsExactly(
                        "e.yaml: document 1 has no kind, so that it is no object of a cluster, and is left out at e.yaml:1",
                        "Deployment shop/orders: says nothing about which requests are let through, and is left out at"
                                + " d.yaml:1");
    }

    @Test
    void workloadsWithoutASidecarAreTold() {
        String bare = DEPLOYMENT.replace("labels: {app: orders}", "labels: {sidecar.istio.io/inject: \"false\"}");

        Imported imported = imported(GATEWAY, SERVICE, ROUTES, bare);

        assertThat(imported.isProven()).isFalse();
        assertThat(imported.problems()).extracting(Problem::code).containsExactly("import.no-sidecar");
    }

    @Test
    void kindsThatNobodyReadsAreTold() {
        String ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: orders\nspec: {}\n";

        Imported imported = imported(GATEWAY, SERVICE, ROUTES, ingress);

        assertThat(told(imported.problems()))
                .containsExactly("Ingress shop/orders: is of kind Ingress of networking.k8s.io/v1, which is not read at"
                        + " d.yaml:1");
        assertThat(imported.isProven()).isFalse();
        assertThat(imported.definitions()).hasSize(1);
    }

    @Test
    void aTemplateThatNobodyRenderedIsToldAndTheOthersAreRead() {
        String template = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n";

        Imported imported = imported(GATEWAY, SERVICE, ROUTES, template);

        assertThat(imported.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("import.unreadable");
            assertThat(problem.path()).isEqualTo("d.yaml");
            assertThat(problem.origin().toString()).startsWith("d.yaml:");
            assertThat(problem.hint()).contains("helm template");
        });
        assertThat(imported.definitions()).hasSize(1);
    }

    @Test
    void oneObjectOfAListIsNoneAndTheOthersAreRead() {
        String list = "apiVersion: v1\nkind: List\nitems:\n" + item(GATEWAY) + "- apiVersion: v1\n  kind: Service\n"
                + item(SERVICE) + item(ROUTES);

        Imported imported = imported(list);

        assertThat(told(imported.problems()))
                .singleElement()
                .asString()
                .startsWith("a.yaml: document 1 items[1] holds an object whose 'metadata.name' is missing");
        assertThat(imported.definitions()).hasSize(1);
    }

    @Test
    void anObjectThatStandsTwiceNotAlikeIsTold() {
        Imported imported = imported(GATEWAY, SERVICE, SERVICE.replace("8080", "9090"), ROUTES, ROUTES);

        assertThat(told(imported.problems()))
                .containsExactly("Service shop/orders: is given twice and not alike, first at b.yaml:1 and again at"
                        + " c.yaml:1; read as it is given last at c.yaml:1");
        assertThat(imported.stored()).contains("9090");
    }

    @Test
    void aFolderWithFoldersInIt(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("base/.git"));
        Files.writeString(folder.resolve("gateway.yml"), GATEWAY);
        Files.writeString(folder.resolve("base/service.yaml"), SERVICE);
        Files.writeString(
                folder.resolve("base/routes.yaml"), ROUTES.replace("  - route:\n", "  - timeout: soon\n    route:\n"));
        Files.writeString(folder.resolve("base/README.md"), "no objects\n");
        Files.writeString(folder.resolve("base/.git/x.yaml"), "no: [object\n");

        Imported imported = Import.by(istio().domain("example.com")).texts(YamlFolder.texts(folder), "shop");

        assertThat(told(imported.problems()))
                .containsExactly("VirtualService shop/orders: spec.http[0]: timeout is no duration: soon at"
                        + " base/routes.yaml:11");
    }

    @Test
    void aFolderThatIsNoneIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "a: 1\n");

        assertThatThrownBy(() -> YamlFolder.texts(file)).hasMessageContaining("is no folder");
        Files.write(folder.resolve("y.yaml"), "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> YamlFolder.texts(folder)).hasMessageContaining("y.yaml is no text in UTF-8");
    }

    @Test
    void problemsOfRoutesOfTheGatewayApiHaveTheirLines() {
        Imported imported =
                Import.by(gatewayApi().domain("example.com")).texts(Map.of("r.yaml", SmallObjects.HTTP_ROUTE), "shop");

        assertThat(told(imported.problems()))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("HTTPRoute shop/orders: spec")
                        .contains(" at r.yaml:"));
    }

    @Test
    void problemsOfApiRulesHaveTheirLines() {
        String rule = """
                apiVersion: gateway.kyma-project.io/v2
                kind: APIRule
                metadata:
                  name: orders
                spec:
                  gateway: kyma-system/kyma-gateway
                  hosts: [orders]
                  service: {name: orders, port: 8080}
                  rules:
                  - path: /*
                    methods: [GET]
                    noAuth: true
                  unknown: 1
                """;

        Imported imported = Import.by(kyma().domain("example.com")).texts(Map.of("r.yaml", rule), "shop");

        assertThat(told(imported.problems()))
                .contains("APIRule shop/orders: spec: unknown is not read at r.yaml:13")
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("APIRule shop/orders: spec")
                        .contains(" at r.yaml:"));
        assertThat(imported.differences())
                .allSatisfy(difference -> assertThat(difference).contains("(APIRule shop/orders spec"));
    }
}
