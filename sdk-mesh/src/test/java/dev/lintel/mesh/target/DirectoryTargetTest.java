package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of a directory, its Kustomize file, its check, and what others left in it. */
class DirectoryTargetTest {
    @TempDir
    Path folder;

    private static List<ApiDefinition> definitions(int weight) {
        String yaml = """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: %d
                      - version: v2
                        weight: %d
                """.formatted(100 - weight, weight);
        return DefinitionFormat.yaml().read(yaml, "orders.yaml");
    }

    private static MeshModel model(int weight) {
        return new ModelCompiler(Kinds.installed())
                .compile(definitions(weight), istio().world())
                .model();
    }

    private static DirectoryCheck check(DirectoryTarget target, int weight) {
        return target.check(istio(), Mesh.of(istio(), target).plan(definitions(weight)));
    }

    private static Written written(int weight) {
        return istio().write(model(weight));
    }

    private static Target.Wanted wanted(int weight) {
        return new Target.Wanted(written(weight).manifests(), model(weight));
    }

    private void write(DirectoryTarget target, int weight) {
        target.write(target.read(), wanted(weight));
    }

    @Test
    void eachObjectMayHaveAFileOfItsOwn() throws IOException {
        DirectoryTarget target = directory(folder).layout(DirectoryLayout.FILE_PER_OBJECT);

        write(target, 10);

        assertThat(files())
                .containsExactly(
                        "istio-system/gateway.shop.yaml",
                        "shop/destinationrule.orders.yaml",
                        "shop/virtualservice.orders-entry.yaml",
                        "shop/virtualservice.orders-mesh.yaml",
                        "shop/virtualservice.orders-split.yaml");
        assertThat(target.read().manifests())
                .containsExactlyInAnyOrderElementsOf(written(10).manifests());
    }

    @Test
    void anotherLayoutMovesWhatIsThere() throws IOException {
        write(directory(folder).layout(DirectoryLayout.FILE_PER_OBJECT).kustomized(), 10);

        write(directory(folder), 10);

        assertThat(files()).containsExactly("istio-system/shop.yaml", "shop/orders.yaml");
    }

    @Test
    void aMoveToAnotherLayoutThatWasKilledGoesOnWithWhatStandsAtItsPlace() throws IOException {
        write(directory(folder), 10);
        Map<String, String> before = texts();
        DirectoryTarget target = directory(folder).layout(DirectoryLayout.FILE_PER_OBJECT);
        write(target, 50);
        for (Map.Entry<String, String> file : before.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }

        assertThat(target.read().problems()).isEmpty();
        assertThat(target.read().manifests())
                .containsExactlyInAnyOrderElementsOf(written(50).manifests());
        write(target, 50);

        assertThat(files()).doesNotContain("shop/orders.yaml").hasSize(5);
    }

    @Test
    void anObjectInTwoFilesOfWhichNoneIsItsPlaceIsAProblem() throws IOException {
        write(directory(folder), 10);
        String text = Files.readString(folder.resolve("shop/orders.yaml"));
        Files.delete(folder.resolve("shop/orders.yaml"));
        Files.writeString(folder.resolve("shop/a.yaml"), text);
        Files.writeString(
                folder.resolve("shop/b.yaml"),
                text.replace("weight: 10", "weight: 11").replace("weight: 90", "weight: 89"));

        assertThat(directory(folder).read().problems())
                .extracting(Problem::code)
                .containsOnly("directory.twice");
    }

    @Test
    void whatHasChangedSinceItWasReadIsNotOverwritten() throws IOException {
        DirectoryTarget target = directory(folder);
        write(target, 10);
        Target.State old = target.read();
        write(target, 20);
        Map<String, String> before = texts();

        assertThatThrownBy(() -> target.write(old, wanted(30)))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        e -> assertThat(e.problems()).extracting(Problem::code).containsExactly("plan.stale"));
        assertThat(texts()).isEqualTo(before);
    }

    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String file : files()) {
            texts.put(file, Files.readString(folder.resolve(file)));
        }
        return texts;
    }

    @Test
    void aKustomizationNamesAllFilesAndTellsWhoMovesWeights() throws IOException {
        write(directory(folder).kustomized(), 10);

        assertThat(Files.readString(folder.resolve("kustomization.yaml"))).isEqualTo("""
                # A rollout moves the weights of these objects. So that nobody moves them back, say to Argo CD:
                #   spec:
                #     ignoreDifferences:
                #     - group: networking.istio.io
                #       kind: VirtualService
                #       namespace: shop
                #       name: orders-split
                #       jqPathExpressions:
                #       - .spec.http[].route[]?.weight
                #     syncPolicy:
                #       syncOptions:
                #       - RespectIgnoreDifferences=true
                # and to Flux, by an annotation on each, while a rollout is under way:
                #   kustomize.toolkit.fluxcd.io/reconcile: disabled
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                metadata:
                  labels:
                    app.kubernetes.io/managed-by: lintel
                resources:
                - istio-system/shop.yaml
                - shop/orders.yaml
                """);
        DirectoryTarget target = directory(folder).kustomized();
        assertThat(target.read().problems()).isEmpty();
        target.write(target.read(), new Target.Wanted(List.of(), MeshModel.EMPTY));
        assertThat(files()).isEmpty();
    }

    @Test
    void aForeignKustomizationIsNotTouched() throws IOException {
        Files.writeString(folder.resolve("kustomization.yaml"), "resources:\n- mine.yaml\n");
        DirectoryTarget target = directory(folder).kustomized();

        assertThat(target.obstacles(target.read(), written(10).manifests()))
                .extracting(Problem::path)
                .containsExactly("kustomization.yaml");
        assertThatThrownBy(() -> write(target, 10)).isInstanceOf(ProblemsException.class);
        assertThat(files()).containsExactly("kustomization.yaml");
        write(directory(folder), 10);
        assertThat(folder.resolve("kustomization.yaml")).hasContent("resources:\n- mine.yaml");
    }

    @Test
    void linesOfDefinitionsStandAboveObjectsIfWanted() throws IOException {
        write(directory(folder).withLines(), 10);

        assertThat(folder.resolve("shop/orders.yaml")).content().startsWith("# orders.yaml:5\napiVersion: ");
        assertThat(directory(folder).read().manifests()).containsAll(written(10).manifests());
    }

    @Test
    void aCheckFailsWithADiffWhereTheDirectoryDiffers() throws IOException {
        DirectoryTarget target = directory(folder).kustomized();
        assertThat(check(target, 10).differences())
                .extracting(DirectoryCheck.Difference::file)
                .containsExactly("istio-system/shop.yaml", "kustomization.yaml", "shop/orders.yaml");
        assertThat(files()).isEmpty();
        write(target, 10);
        assertThat(check(target, 10)).matches(DirectoryCheck::isClean).matches(check -> check.exitCode() == 0);
        assertThat(check(target, 10).render())
                .isEqualTo("directory " + folder + " is as it would be written, with 5 objects\n");

        DirectoryCheck check = check(target, 20);

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.render())
                .startsWith("--- a/shop/orders.yaml\n+++ b/shop/orders.yaml\n@@ ")
                .contains("-      weight: 90\n+      weight: 80\n");
    }

    @Test
    void aCheckSeesSpacesThatNoObjectHas() throws IOException {
        DirectoryTarget target = directory(folder);
        write(target, 10);
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, Files.readString(file) + "# by hand\n");

        assertThat(check(target, 10).render()).contains("-# by hand\n");
        assertThat(target.read().manifests()).containsAll(written(10).manifests());
    }

    @Test
    void aCheckOfAPlanTellsWhatThePlanWouldChangeAndWhyItCannot() {
        DirectoryTarget target = directory(folder).kustomized();
        Mesh mesh = Mesh.of(istio(), target);
        Definition orders = DefinitionFormat.yaml()
                .read("kind: Api/v1\nservice: orders\nnamespace: shop\n", "a.yaml")
                .get(0);

        DirectoryCheck before = target.check(istio(), mesh.plan(List.of(orders)));
        mesh.apply(mesh.plan(List.of(orders)));
        DirectoryCheck after = target.check(istio(), mesh.plan(List.of(orders)));
        DirectoryCheck twice = target.check(istio(), mesh.plan(List.of(orders, orders)));
        DirectoryCheck foreign = target.check(
                istio(), Mesh.of(istio(), directory(folder.resolve("a"))).plan(List.of()));

        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(after.exitCode()).isZero();
        assertThat(after.render()).isEqualTo("directory " + folder + " is as it would be written, with 2 objects\n");
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.render()).startsWith("api.twice orders.shop: is defined twice");
        assertThat(foreign.exitCode()).isEqualTo(2);
        assertThat(foreign.render()).startsWith("plan.foreign ");
    }

    @Test
    void aCheckTellsProblemsFirst() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/orders.yaml"), "kind: ConfigMap\n");

        DirectoryCheck check = check(directory(folder), 10);

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.render()).startsWith("directory.foreign shop/orders.yaml: is there already and not ours");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("shop"));
        Files.writeString(elsewhere, "precious");
        Files.createSymbolicLink(root.resolve("shop/.orders.yaml.new"), elsewhere);
        write(directory(root), 10);
        assertThat(elsewhere).hasContent("precious");

        Files.delete(root.resolve("shop/orders.yaml"));
        Files.createSymbolicLink(root.resolve("shop/orders.yaml"), elsewhere);
        assertThatThrownBy(() -> write(directory(root), 10))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("shop/orders.yaml: is there already and not ours");
        assertThat(elsewhere).hasContent("precious");
    }

    @Test
    void hugeFilesAreNotReadAndNotReplaced() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        try (RandomAccessFile huge =
                new RandomAccessFile(folder.resolve("shop/orders.yaml").toFile(), "rw")) {
            huge.setLength(50L * 1024 * 1024);
        }

        assertThat(directory(folder).read().problems()).isEmpty();
        assertThat(directory(folder)
                        .obstacles(directory(folder).read(), written(10).manifests()))
                .extracting(Problem::code)
                .containsExactly("directory.foreign");
    }

    @Test
    void aBombIsAProblem() throws IOException {
        StringBuilder bomb = new StringBuilder("# app.kubernetes.io/managed-by: lintel\na0: &a0 [x,x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        Files.writeString(folder.resolve("bomb.yaml"), bomb);

        List<Problem> problems = directory(folder).read().problems();

        assertThat(problems).hasSizeLessThanOrEqualTo(1);
        assertThat(directory(folder).read().manifests()).isEmpty();
        assertThat(ManifestYaml.write(List.of())).isEmpty();
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
