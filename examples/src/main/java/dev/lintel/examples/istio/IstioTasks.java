package dev.lintel.examples.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.target.DirectoryTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tasks of Istio's documentation, each planned for an empty directory, with what would be written.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.istio.IstioTasks}
 */
public final class IstioTasks {
    private IstioTasks() {}

    /**
     * Prints them.
     *
     * @param args none
     * @throws IOException if there is no place for an empty directory
     */
    public static void main(String[] args) throws IOException {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("lintel-istio-tasks");
        try {
            for (Task task : Task.ALL) {
                Plan plan = plan(task, folder);
                out.println("# " + task.title());
                out.print(plan.problems().isEmpty() ? yaml(plan) : refused(plan));
                out.println();
            }
        } finally {
            Files.delete(folder);
        }
    }

    static Plan plan(Task task, Path folder) {
        return mesh(folder).plan(List.of(task.definition().get()));
    }

    static Mesh mesh(Path folder) {
        return Mesh.of(IstioDialect.istio().domain("example.com"), DirectoryTarget.directory(folder));
    }

    /** What is written where nothing is yet. */
    static String yaml(Plan plan) {
        return plan.changes().stream()
                .filter(Change.Create.class::isInstance)
                .map(change -> ((Change.Create) change).text())
                .collect(Collectors.joining("---\n"));
    }

    static String refused(Plan plan) {
        return plan.problems().stream().map(IstioTasks::words).collect(Collectors.joining());
    }

    /** What is the matter, and below it what to do. */
    static String words(Problem problem) {
        return problem.path() + ": " + problem.message() + "\n" + problem.hint().indent(4);
    }
}
