package dev.lintel.examples.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The tasks of Istio's documentation: each is short, is planned, written and kept, and stands in our documentation. */
class IstioTasksTest {
    private static final Path SOURCE =
            Path.of("src", "main", "java", "dev", "lintel", "examples", "istio", "Definitions.java");
    private static final Path PAGE = Path.of("..", "docs", "istio-tasks.md");
    private static final int LONGEST = 10;
    /** What the dialect does not write yet. */
    private static final Set<String> REFUSED = Set.of("egressControl");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyTaskIsWrittenAndKept() {
        return Task.ALL.stream()
                .filter(task -> !REFUSED.contains(task.method()))
                .map(task -> DynamicTest.dynamicTest(task.title(), () -> isWrittenAndKept(task)));
    }

    private void isWrittenAndKept(Task task) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(task.method()));
        Plan plan = IstioTasks.plan(task, directory);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).isNotEmpty();
        IstioTasks.mesh(directory).apply(plan);

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
        assertThat(IstioTasks.plan(task, directory).isEmpty()).isTrue();
    }

    @Test
    void whatIsRefusedSaysWhatToDo() {
        assertThat(Task.ALL).filteredOn(task -> REFUSED.contains(task.method())).allSatisfy(task -> {
            Plan plan = IstioTasks.plan(task, folder);
            assertThat(plan.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.hint()).isNotEmpty());
            assertThat(plan.changes()).isEmpty();
        });
    }

    @Test
    void everyDefinitionHasTenLinesAtMost() throws IOException {
        for (Task task : Task.ALL) {
            assertThat(code(task)).as(task.title()).hasSizeBetween(3, LONGEST);
        }
    }

    @Test
    void theProgramPrintsAllOfThem() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IstioTasks.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .containsAll(Task.ALL.stream().map(task -> "# " + task.title()).toList());
        assertThat(lines)
                .filteredOn(line -> line.equals("kind: VirtualService"))
                .hasSizeGreaterThan(8);
    }

    @Test
    void theDocumentationShowsWhatIsWritten() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("%s (rewrite with -Dgolden=write)", PAGE)
                .isEqualTo(page);
    }

    private String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Istio's tasks

                What Istio's documentation teaches by hand-written objects, said as definitions, and the objects that are written for
                them, with hosts below `example.com`. This page is made of
                [Definitions.java](../examples/src/main/java/dev/lintel/examples/istio/Definitions.java) by a test; the program
                `dev.lintel.examples.istio.IstioTasks` prints the same.
                """);
        for (Task task : Task.ALL) {
            Plan plan = IstioTasks.plan(task, folder);
            page.append("\n## ").append(task.title()).append("\n\n");
            if (!task.note().isEmpty()) {
                page.append(task.note()).append(' ');
            }
            page.append("[Istio's page](https://istio.io/latest/docs/tasks/")
                    .append(task.page())
                    .append(")\n");
            block(page, "java", String.join("\n", code(task)) + "\n");
            if (plan.problems().isEmpty()) {
                block(page, "yaml", IstioTasks.yaml(plan));
            } else {
                page.append("\nIs not written yet:\n");
                block(page, "", IstioTasks.refused(plan));
            }
            if (!plan.warnings().isEmpty()) {
                page.append("\nNeeds:\n");
                block(page, "", plan.warnings().stream().map(IstioTasks::words).collect(Collectors.joining()));
            }
        }
        return page.toString();
    }

    private static void block(StringBuilder page, String language, String text) {
        page.append("\n```").append(language).append('\n').append(text).append("```\n");
    }

    /** What the method says, without 'return'. */
    private static List<String> code(Task task) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        int start = lines.indexOf("    static Definition " + task.method() + "() {") + 1;
        int end = start + lines.subList(start, lines.size()).indexOf("    }");
        String body = String.join("\n", lines.subList(start, end)).stripIndent();
        return body.replaceFirst("^return ", "")
                .replace("\n        ", "\n    ")
                .lines()
                .toList();
    }
}
