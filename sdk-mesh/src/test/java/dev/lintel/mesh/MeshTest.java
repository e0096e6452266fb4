package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Istio objects in a directory: planned, looked at, written, and left alone where nothing changed. */
class MeshTest {
    private static final String HEAD = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
    private static final String READ = """
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                rules:
                  - endpoint: /orders/**
                    scopes:
                      - orders.read
            """;
    private static final String SPLIT = """
              - kind: traffic.split/v1
                shares:
                  - version: v1
                    weight: 90
                  - version: v2
                    weight: 10
            """;

    @TempDir
    Path folder;

    private Backend mesh;
    private Path file;

    @BeforeEach
    void mesh() {
        mesh = Mesh.of(istio().domain("example.com"), directory(folder));
        file = folder.resolve("shop/orders.yaml");
    }

    private static List<ApiDefinition> orders(String policies) {
        return DefinitionFormat.yaml().read(HEAD + policies, "orders.yaml");
    }

    private void apply(String policies) {
        mesh.apply(mesh.plan(orders(policies)).allowWidening("the test starts here"));
    }

    @Test
    void a_new_api_is_a_file_of_its_own_and_a_gateway_for_its_namespace() throws IOException {
        Plan plan = mesh.plan(orders(READ + SPLIT));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes())
                .extracting(Change::object)
                .containsExactly(
                        "PeerAuthentication shop/orders",
                        "RequestAuthentication shop/orders",
                        "AuthorizationPolicy shop/orders",
                        "DestinationRule shop/orders",
                        "VirtualService shop/orders-split",
                        "VirtualService shop/orders-mesh",
                        "VirtualService shop/orders-entry",
                        "Gateway istio-system/shop");
        assertThat(plan.changes()).allMatch(Change.Create.class::isInstance);
        assertThat(plan.effects())
                .extracting(Effect::text)
                .containsExactly(
                        "orders.shop: newly exposed at orders.shop.example.com, with access rules; without a token:"
                                + " nothing; with one: /orders/**");
        assertThat(files()).isEmpty();

        mesh.apply(plan);

        assertThat(files()).containsExactly("istio-system/shop.yaml", "shop/orders.yaml");
        assertThat(ManifestYaml.read(Files.readString(file))).hasSize(7);
    }

    @Test
    void the_same_definitions_again_write_nothing() throws IOException {
        apply(READ);
        FileTime past = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, past);

        Plan plan = mesh.plan(orders(READ));
        mesh.apply(plan);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.effects()).isEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);
    }

    @Test
    void a_change_is_a_diff_and_words() {
        apply(READ + SPLIT);

        Plan plan = mesh.plan(orders(READ + SPLIT.replace("90", "50").replace("weight: 10", "weight: 50")));

        assertThat(plan.changes()).filteredOn(Change.Update.class::isInstance).hasSize(1);
        assertThat(plan.changes())
                .filteredOn(change -> change.object().equals("VirtualService shop/orders-split"))
                .hasSize(1)
                .allSatisfy(change -> assertThat(((Change.Update) change).diff())
                        .contains("-      weight: 90\n", "+      weight: 50\n"));
        assertThat(plan.effects())
                .extracting(Effect::text)
                .containsExactly("orders.shop: v1 share 90 -> 50 %", "orders.shop: v2 share 10 -> 50 %");
        assertThat(plan.widens()).isFalse();
    }

    @Test
    void what_lets_more_through_needs_a_reason() {
        apply(READ);

        Plan plan = mesh.plan(orders(READ + "      - endpoint: /orders/open\n        allow: anyone\n"));

        assertThat(plan.widens()).isTrue();
        assertThat(plan.effects())
                .anySatisfy(effect -> assertThat(effect.origin()).hasToString("orders.yaml:12"));
        assertThatThrownBy(() -> mesh.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("say allowWidening(\"reason\") on the plan");
        mesh.apply(plan.allowWidening("the status page is public"));
        assertThat(file).content().contains("/orders/open");
    }

    @Test
    void what_is_no_longer_defined_is_deleted_and_nothing_else() throws IOException {
        apply(READ);
        Path foreign = folder.resolve("shop/carts.yaml");
        Files.writeString(foreign, "kind: ConfigMap\nmetadata: {name: carts}\n");

        Plan plan = mesh.plan(List.of());
        mesh.apply(plan);

        assertThat(plan.changes()).hasSize(5).allMatch(Change.Delete.class::isInstance);
        assertThat(files()).containsExactly("shop/carts.yaml");
    }

    @Test
    void a_foreign_file_in_the_way_is_a_problem() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "kind: ConfigMap\n");

        Plan plan = mesh.plan(orders(""));

        assertThat(plan.problems())
                .extracting(Problem::render)
                .containsExactly(
                        "directory.foreign shop/orders.yaml: is there already and not ours: not every object in it carries"
                                + " 'app.kubernetes.io/managed-by: lintel'\n      move it away, or rename it");
        assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);
        assertThat(file).hasContent("kind: ConfigMap");
        assertThat(files()).containsExactly("shop/orders.yaml");
    }

    @Test
    void a_file_with_ours_and_others_is_a_problem() throws IOException {
        apply(READ);
        Files.writeString(file, Files.readString(file) + "---\nkind: ConfigMap\nmetadata:\n  name: other\n");

        assertThat(mesh.plan(orders(READ)).problems()).extracting(Problem::code).containsExactly("directory.mixed");
    }

    @Test
    void a_file_of_ours_that_is_broken_is_a_problem() throws IOException {
        apply(READ);
        Files.writeString(file, "<<<<<<< HEAD\n" + Files.readString(file));

        assertThat(mesh.plan(orders(READ)).problems()).extracting(Problem::code).containsExactly("directory.unread");
    }

    @Test
    void a_plan_for_another_state_is_stale() throws IOException {
        apply(READ);
        Plan plan = mesh.plan(orders(READ + SPLIT));
        Files.writeString(file, Files.readString(file).replace("STRICT", "PERMISSIVE"));

        assertThatThrownBy(() -> mesh.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("plan again, and read what has changed");
        assertThat(file).content().contains("PERMISSIVE");
    }

    @Test
    void what_somebody_changed_by_hand_is_seen_and_set_right() throws IOException {
        apply(READ);
        String right = Files.readString(file);
        Files.writeString(file, right.replace("      - orders.read\n", "      - orders.write\n"));

        Plan plan = mesh.plan(orders(READ));

        assertThat(plan.widens()).isTrue();
        assertThat(plan.changes()).filteredOn(Change.Update.class::isInstance).hasSize(1);
        mesh.apply(plan.allowWidening("the hand-made change goes"));
        assertThat(file).hasContent(right);
    }

    @Test
    void what_cannot_be_read_counts_as_widening() throws IOException {
        apply(READ);
        Files.writeString(file, Files.readString(file).replace("action: ALLOW", "action: CUSTOM"));

        assertThat(mesh.plan(orders(READ)).effects())
                .extracting(Effect::text)
                .contains(
                        "AuthorizationPolicy shop/orders: what is there cannot be compared: spec: action is neither ALLOW nor"
                                + " DENY, and asks about calls from inside too: CUSTOM");
        assertThat(mesh.plan(orders(READ)).widens()).isTrue();
    }

    @Test
    void a_refused_definition_changes_nothing() {
        apply(READ);

        Plan plan = mesh.plan(orders(READ.replace("orders.read", "orders:*")));

        assertThat(plan.problems()).extracting(Problem::code).containsExactly("istio.wildcard");
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.render()).contains("nothing can be done");
        assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);
        assertThat(file).content().contains("orders.read");
    }

    @Test
    void what_is_refused_needs_no_place_in_the_directory() {
        List<Definition> wildcard = DefinitionFormat.yaml().readAll("""
                        kind: Egress/v1
                        host: "*.psp.example"
                        namespace: pay
                        gateway: istio-egressgateway.istio-system
                        """, "egress.yaml");

        assertThat(mesh.plan(wildcard).problems())
                .extracting(Problem::code)
                .containsExactly("istio.egress-gateway-wildcard");
    }

    @Test
    void a_plan_names_what_the_mesh_needs_and_where_it_differs() {
        String text = mesh.plan(orders(READ)).render();

        assertThat(text)
                .contains("plan for istio in directory " + folder)
                .contains("the ingress gateway must be known as")
                .contains("callers inside need a sidecar from now on")
                .contains("  istio.no-token: a request without the token that it needs is answered 403");
    }

    @Test
    void a_file_in_place_of_the_directory_is_a_problem() throws IOException {
        Files.writeString(folder.resolve("taken"), "");
        Plan plan = Mesh.of(istio(), directory(folder.resolve("taken"))).plan(orders(READ));

        assertThat(plan.problems())
                .extracting(Problem::render)
                .containsExactly("directory.root " + folder.resolve("taken")
                        + ": is no directory\n      name another, or move the file away");
    }

    @Test
    void an_issuer_that_only_this_machine_can_reach_is_a_warning() {
        for (String issuer :
                List.of("http://127.0.0.1:5", "http://localhost:5", "http://id.localhost", "http://[::1]:5")) {
            assertThat(mesh.plan(orders(READ.replace("https://id.example", issuer)))
                            .warnings())
                    .filteredOn(warning -> warning.code().equals("istio.loopback-issuer"))
                    .extracting(Problem::message)
                    .containsExactly("nobody in the mesh can get the keys of '" + issuer
                            + "': to each of them the loopback address is itself");
        }
        assertThat(mesh.plan(orders(READ)).warnings())
                .noneMatch(warning -> warning.code().equals("istio.loopback-issuer"));
    }

    @Test
    void hidden_folders_and_links_are_passed_over() throws IOException {
        apply(READ);
        Files.createDirectories(folder.resolve(".git"));
        Files.copy(file, folder.resolve(".git/orders.yaml"));
        Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        assertThat(mesh.plan(orders(READ)).isEmpty()).isTrue();
        assertThat(mesh.plan(orders(READ)).problems()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(each -> folder.relativize(each).toString())
                    .sorted()
                    .toList();
        }
    }
}
