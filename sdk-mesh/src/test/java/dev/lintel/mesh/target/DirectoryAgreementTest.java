package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever somebody does to a directory: a plan has nothing to do exactly if the check is clean, and exactly if applying it
 * changes no byte. After it was applied all three have nothing to tell.
 */
class DirectoryAgreementTest {
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final String ORDERS = "shop/orders.yaml";

    @TempDir
    Path folder;

    private interface Tampering {
        void with(Path root) throws IOException;
    }

    private static List<Definition> definitions(String first) {
        return DefinitionFormat.yaml().readAll(first + """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: 90
                      - version: v2
                        weight: 10
                ---
                kind: Api/v1
                service: carts
                namespace: shop
                """, "shop.yaml");
    }

    private static Tampering edit(String file, UnaryOperator<String> change) {
        return root -> {
            String before = Files.readString(root.resolve(file));
            String after = change.apply(before);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(root.resolve(file), after);
        };
    }

    private static Tampering move(String from, String to) {
        return root -> {
            Files.createDirectories(root.resolve(to).resolveSibling(".").normalize());
            Files.move(root.resolve(from), root.resolve(to));
        };
    }

    private static Map<String, Tampering> tamperings() {
        Map<String, Tampering> all = new LinkedHashMap<>();
        all.put("nothing", root -> {});
        all.put("patches in the kustomization", edit(KUSTOMIZATION, text -> text + "patches:\n- path: mine.yaml\n"));
        all.put("a resource of theirs", edit(KUSTOMIZATION, text -> text + "- mine.yaml\n"));
        all.put("a comment in the kustomization", edit(KUSTOMIZATION, text -> "# mine\n" + text));
        all.put("a resource less", edit(KUSTOMIZATION, text -> text.replace("- shop/orders.yaml\n", "")));
        all.put("no kustomization", root -> Files.delete(root.resolve(KUSTOMIZATION)));
        all.put("a comment by hand", edit(ORDERS, text -> text + "# mine\n"));
        all.put("a comment inside", edit(ORDERS, text -> text.replace("spec:\n", "spec: # mine\n")));
        all.put("other quotes", edit(ORDERS, text -> text.replace("name: orders\n", "name: 'orders'\n")));
        all.put("other line ends", edit(ORDERS, text -> text.replace("\n", "\r\n")));
        all.put("an empty document", edit(ORDERS, text -> text + "---\n"));
        all.put("a field of an object", edit(ORDERS, text -> text.replace("weight: 90", "weight: 80")));
        all.put(
                "fields in another order",
                edit(ORDERS, text -> text.replaceFirst("(?m)^(  name: .*\n)(  namespace: .*\n)", "$2$1")));
        all.put(
                "routes in another order",
                edit(
                        ORDERS,
                        text -> text.replace("hosts:\n  - orders.shop", "hosts:\n  - a.example\n  - orders.shop")));
        all.put("objects in another order", edit(ORDERS, text -> {
            List<String> documents = new ArrayList<>(List.of(text.split("---\n")));
            documents.add(documents.remove(0));
            return String.join("---\n", documents);
        }));
        all.put("an object less", edit(ORDERS, text -> text.substring(text.indexOf("---\n") + 4)));
        all.put("no file", root -> Files.delete(root.resolve(ORDERS)));
        all.put("a file elsewhere", move(ORDERS, "teams/orders.yaml"));
        all.put("a file with another end", move(ORDERS, "shop/orders.yml"));
        all.put("two files in one", root -> {
            String carts = Files.readString(root.resolve("shop/carts.yaml"));
            Files.delete(root.resolve("shop/carts.yaml"));
            edit(ORDERS, text -> text + "---\n" + carts).with(root);
        });
        all.put("a copy of a file", root -> Files.copy(root.resolve(ORDERS), root.resolve("shop/copy.yaml")));
        all.put("an object twice", edit(ORDERS, text -> text + "---\n" + text.substring(0, text.indexOf("---\n"))));
        all.put("what a write leaves that was killed", root -> {
            Files.writeString(root.resolve("shop/.orders.yaml.new"), "half: [");
            Files.createLink(root.resolve("shop/.orders.yaml.old"), root.resolve(ORDERS));
        });
        all.put("a file of somebody else", root -> Files.writeString(root.resolve("shop/mine.yaml"), "kind: Secret\n"));
        all.put(
                "an object of an API that is gone",
                root -> Files.writeString(
                        root.resolve("shop/old.yaml"),
                        Files.readString(root.resolve("shop/carts.yaml")).replace("carts", "old")));
        all.put(
                "a comment in a file that goes",
                root -> Files.writeString(
                        root.resolve("shop/old.yaml"),
                        Files.readString(root.resolve("shop/carts.yaml")).replace("carts", "old") + "# mine\n"));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> planCheckAndWriteAgree() {
        return Stream.of(DirectoryLayout.values())
                .flatMap(layout -> tamperings().entrySet().stream()
                        .filter(one -> layout == DirectoryLayout.FILE_PER_API
                                || one.getKey().matches(".*(kustom|theirs|somebody else).*"))
                        .flatMap(one -> Stream.of(false, true).map(lined -> {
                            String name = one.getKey() + ", " + layout + (lined ? ", with lines" : "");
                            return DynamicTest.dynamicTest(name, () -> {
                                Path root = folder.resolve(name.replace(' ', '-'));
                                DirectoryTarget target =
                                        directory(root).kustomized().layout(layout);
                                agrees(
                                        root,
                                        lined ? target.withLines() : target,
                                        one.getValue(),
                                        definitions(""),
                                        name);
                            });
                        })));
    }

    @Test
    void linesThatMoveAreChangesOfFilesAndOfNoObject() throws IOException {
        DirectoryTarget target = directory(folder).kustomized();
        agrees(folder, target.withLines(), root -> {}, definitions("# one line more\n"), "moved");
        agrees(folder, target, root -> {}, definitions(""), "without lines");

        Plan plan = Mesh.of(istio(), target.withLines()).plan(definitions(""));

        assertThat(plan.changes())
                .filteredOn(change -> !(change instanceof Change.Keep))
                .extracting(Change::object)
                .containsExactly("file istio-system/shop.yaml", "file shop/carts.yaml", "file shop/orders.yaml");
        assertThat(plan.warnings()).noneMatch(warning -> warning.code().equals("directory.lines"));
    }

    /** An API may have the name of an object of a whole namespace, and share its file. */
    @Test
    void apisThatShareAFileWithOthersAgree() throws IOException {
        List<Definition> both = definitions("kind: Api/v1\nservice: shop\nnamespace: istio-system\n---\n");
        DirectoryTarget target = directory(folder).kustomized();

        agrees(folder, target, root -> {}, both, "shared");
        assertThat(folder.resolve("istio-system/shop.yaml"))
                .content()
                .contains("kind: Gateway", "kind: VirtualService");
        agrees(
                folder,
                target,
                edit("istio-system/shop.yaml", text -> text + "# mine\n"),
                both,
                "shared and tampered with");
        agrees(folder, target, root -> {}, definitions(""), "shared no more");
        assertThat(folder.resolve("istio-system/shop.yaml")).content().doesNotContain("kind: VirtualService");
    }

    @Test
    void anotherLayoutIsAPlanWithChanges() throws IOException {
        DirectoryTarget target = directory(folder).kustomized();
        Tampering written = root -> {
            Mesh mesh = Mesh.of(istio(), target);
            mesh.apply(mesh.plan(definitions("")));
        };

        agrees(folder, target.layout(DirectoryLayout.FILE_PER_OBJECT), written, definitions(""), "layout");
        agrees(folder, directory(folder), root -> {}, definitions(""), "without a kustomization");
    }

    /** The plan is applied by the target it was made for, and by no other that would write other files. */
    @Test
    void aPlanOfOtherSettingsIsRefused() throws IOException {
        Plan plan = Mesh.of(istio(), directory(folder)).plan(definitions(""));

        Mesh other = Mesh.of(istio(), directory(folder).kustomized());

        assertThatThrownBy(() -> other.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("does not tell what would change here: it was made with other settings");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void whoseLinesGoIsTold() throws IOException {
        DirectoryTarget target = directory(folder).kustomized();
        Mesh mesh = Mesh.of(istio(), target);
        mesh.apply(mesh.plan(definitions("")));
        edit(KUSTOMIZATION, text -> text + "- mine.yaml\nimages:\n- name: web\n  newTag: v2\n")
                .with(folder);
        edit(ORDERS, text -> text + "# mine\n").with(folder);

        Plan plan = mesh.plan(definitions(""));

        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code().equals("directory.lines"))
                .extracting(Problem::render)
                .containsExactly(
                        "directory.lines kustomization.yaml: has lines that somebody else wrote, and they go: '- mine.yaml',"
                                + " 'images:', '- name: web' and others\n      put them into a kustomization of their own that"
                                + " names this directory in its resources",
                        "directory.lines shop/orders.yaml: has lines that somebody else wrote, and they go: '# mine'\n"
                                + "      say by a definition what they say, or keep them elsewhere");
        assertThat(plan.render())
                .contains(
                        "~ file kustomization.yaml\n", "    -- mine.yaml\n    -images:\n", "~ file shop/orders.yaml\n")
                .contains("0 to create, 2 to update, 0 to delete, 6 unchanged");
        assertThat(plan.effects()).isEmpty();
    }

    private static void agrees(
            Path root, DirectoryTarget target, Tampering tampering, List<Definition> definitions, String name)
            throws IOException {
        Mesh mesh = Mesh.of(istio(), target);
        mesh.apply(mesh.plan(definitions).allowWidening("the test starts here"));
        tampering.with(root);
        SortedMap<String, String> before = files(root);

        Plan plan = mesh.plan(definitions);
        DirectoryCheck check = target.check(istio(), plan);
        assertThat(plan.problems()).as(name).isEmpty();
        assertThat(check.problems()).as(name).isEmpty();
        assertThat(files(root)).as("a plan and a check change nothing: " + name).isEqualTo(before);
        mesh.apply(plan.allowWidening("what was tampered with is set right"));

        boolean changed = !files(root).equals(before);
        assertThat(plan.isEmpty()).as("the plan of: " + name).isEqualTo(!changed);
        assertThat(check.isClean()).as("the check of: " + name).isEqualTo(!changed);
        assertThat(mesh.plan(definitions).isEmpty()).as(name).isTrue();
        assertThat(target.check(istio(), mesh.plan(definitions)).exitCode())
                .as(name)
                .isZero();
    }

    private static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
