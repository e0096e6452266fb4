package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A directory of which something cannot be read is never taken for one in which nothing is. */
class DirectoryReadingTest {
    private static final List<Definition> ORDERS =
            DefinitionFormat.yaml().readAll("kind: Api/v1\nservice: orders\nnamespace: shop\n", "orders.yaml");

    @TempDir
    Path folder;

    private Path root;
    private Path file;

    @BeforeEach
    void write() {
        root = folder.resolve("gitops");
        file = root.resolve("shop/orders.yaml");
        Mesh mesh = Mesh.of(istio(), directory(root));
        mesh.apply(mesh.plan(ORDERS));
    }

    /** The one problem of a plan that has nothing to tell but that, and of the check. */
    private String refused(Path directory) {
        DirectoryTarget target = directory(directory);
        Mesh mesh = Mesh.of(istio(), target);
        Plan plan = mesh.plan(ORDERS);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.effects()).isEmpty();
        assertThat(plan.render()).endsWith("nothing can be done\n");
        assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);
        DirectoryCheck check = target.check(istio(), plan);
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.problems()).isEqualTo(plan.problems());
        assertThat(plan.problems()).hasSize(1);
        return plan.problems().get(0).render();
    }

    @Test
    void brokenYamlIsToldWithFileAndLine() throws IOException {
        String text = Files.readString(file);
        int lines = (int) text.lines().count();
        Files.writeString(file, text + "more: [\n");

        assertThat(refused(root))
                .isEqualTo(
                        "directory.unread shop/orders.yaml: is not YAML: while parsing a flow node, expected the node"
                                + " content, but found '<stream end>'\n      restore the file, or delete it\n      at shop/orders.yaml:"
                                + (lines + 2));
    }

    @Test
    void aConflictOfGitIsToldWithFileAndLine() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("spec:\n", "<<<<<<< HEAD\nspec:\n"));

        assertThat(refused(root))
                .startsWith("directory.unread shop/orders.yaml: ")
                .endsWith("at shop/orders.yaml:9");
    }

    @Test
    void anObjectThatIsNoneIsToldWithTheLineOfItsDocument() throws IOException {
        String text = Files.readString(file);
        int lines = (int) text.lines().count();
        Files.writeString(file, text + "---\n" + text.replaceFirst("spec:\n", "data: {}\nspec:\n"));

        assertThat(refused(root))
                .isEqualTo(
                        "directory.unread shop/orders.yaml: VirtualService shop/orders-entry has fields that are not known:"
                                + " [data][]\n      restore the file, or delete it\n      at shop/orders.yaml:"
                                + (lines + 2));
    }

    @Test
    void objectsOfOthersInAFileOfOursAreToldWithTheirLine() throws IOException {
        String text = Files.readString(file);
        int lines = (int) text.lines().count();
        Files.writeString(file, text + "---\nkind: ConfigMap\n");

        assertThat(refused(root))
                .isEqualTo("directory.mixed shop/orders.yaml: holds objects of ours and of others\n"
                        + "      give the others a file of their own\n      at shop/orders.yaml:" + (lines + 2));
    }

    @Test
    void aFileOfOursThatIsNoTextIsRefusedAndOneOfOthersIsNot() throws IOException {
        Files.write(root.resolve("theirs.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertThat(Mesh.of(istio(), directory(root)).plan(ORDERS).problems()).isEmpty();
        Files.write(
                file,
                Files.readString(file).replace("name: shop", "name: sh\u00e4p").getBytes(StandardCharsets.ISO_8859_1));
        byte[] latin = (Files.readString(file, StandardCharsets.ISO_8859_1) + "# \u00e4\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, latin);

        assertThat(refused(root)).startsWith("directory.unread shop/orders.yaml: is no text in UTF-8\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(latin);
    }

    /** Paths that are too long for the system can be made step by step; nobody can read below them, whoever it is. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeReadIsAProblemOfThePlanAndOfTheCheck() throws IOException {
        Path deep = deep(root.resolve("teams"), 2500);
        Path other = folder.resolve("other");
        Path end = deep(other, 2500);
        Files.copy(file, end.resolve("orders.yaml"));
        Path moved = deep.resolve("other");
        Files.move(other, moved);
        try {
            assertThat(refused(root))
                    .startsWith("directory.unread teams/")
                    .contains("cannot be read, so that nobody knows what is"
                            + " there: File name too long\n      make it readable, or take it away");
        } finally {
            Files.move(moved, other);
        }
    }

    private static Path deep(Path from, int length) throws IOException {
        Path path = from;
        while (path.toString().length() < length) {
            path = path.resolve("d".repeat(200));
        }
        return Files.createDirectories(path);
    }

    @Test
    void aDirectoryThatIsALinkIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        DirectoryTarget target = directory(link);

        Plan plan = Mesh.of(istio(), target).plan(ORDERS);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.problems()).isEmpty();
        assertThat(target.check(istio(), plan).exitCode()).isZero();
    }

    @Test
    void aLinkThatLeadsNowhereOrInACircleIsNoEmptyDirectory() throws IOException {
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));
        Path circle = folder.resolve("circle");
        Files.createSymbolicLink(circle, circle);

        assertThat(problems(nowhere)).containsExactly("directory.root");
        assertThat(problems(circle)).contains("directory.unread");
    }

    private static List<String> problems(Path directory) {
        return Mesh.of(istio(), directory(directory)).plan(ORDERS).problems().stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void aFolderThatIsALinkIsNotWrittenThrough() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(root.resolve("shop"), elsewhere);
        Files.createSymbolicLink(root.resolve("shop"), elsewhere);
        String before = Files.readString(elsewhere.resolve("orders.yaml"));

        List<Problem> problems = Mesh.of(istio(), directory(root)).plan(ORDERS).problems();

        assertThat(problems).extracting(Problem::code).containsOnly("directory.foreign");
        assertThat(elsewhere.resolve("orders.yaml")).hasContent(before);
    }

    /** Where a file system does not tell them apart, the new file would be deleted as the old one. */
    @Test
    void aFileThatDiffersByCaseOnlyIsAProblem() throws IOException {
        Files.move(root.resolve("shop"), root.resolve("Shop"));

        List<Problem> problems = Mesh.of(istio(), directory(root)).plan(ORDERS).problems();

        assertThat(problems)
                .extracting(Problem::render)
                .containsExactly(
                        "directory.case Shop/orders.yaml: differs from shop/orders.yaml by case only, so that they may"
                                + " be one file\n      rename it");
    }

    @Test
    void objectsThatStandTwiceAndNotAlikeAreAProblem() throws IOException {
        Files.writeString(root.resolve("shop/copy.yaml"), Files.readString(file).replace("attempts: 0", "attempts: 1"));

        assertThat(refused(root))
                .isEqualTo(
                        "directory.twice shop/orders.yaml: holds VirtualService shop/orders-entry, which shop/copy.yaml holds"
                                + " otherwise\n      keep one of them");
    }

    @Test
    void aFileWithOurLabelThatIsTooLargeIsNotPassedOver() throws IOException {
        Files.writeString(
                root.resolve("large.yaml"),
                Files.readString(file) + "---\n" + "# more\n".repeat(ManifestYaml.LIMIT / 7));

        assertThat(refused(root))
                .isEqualTo(
                        "directory.unread large.yaml: names our label and has more than 4194304 bytes, of which nobody reads"
                                + " the rest\n      make files of it that are smaller, or take it away");
    }

    @Test
    void aSecondFileOfKustomizeIsInTheWay() throws IOException {
        Files.writeString(root.resolve("kustomization.yml"), "resources: []\n");

        assertThat(Mesh.of(istio(), directory(root).kustomized()).plan(ORDERS).problems())
                .extracting(Problem::render)
                .containsExactly(
                        "directory.foreign kustomization.yml: is there, and Kustomize takes no directory that has a"
                                + " kustomization.yaml beside it\n      move it away, or leave out kustomized()");
        assertThat(problems(root)).isEmpty();
    }

    @Test
    void aNameWithLineBreaksMakesNoLineInADiff() throws IOException {
        Files.move(file, root.resolve("shop/a\n+++ b.yaml"));
        DirectoryTarget target = directory(root);
        Plan plan = Mesh.of(istio(), target).plan(ORDERS);

        assertThat(plan.render()).contains("- file shop/a?+++ b.yaml\n");
        assertThat(target.check(istio(), plan).render())
                .contains("--- a/shop/a?+++ b.yaml\n")
                .doesNotContain("\n+++ b.yaml");
    }
}
