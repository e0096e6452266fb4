package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Problem;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.imports.Imported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel import}: definitions of what somebody has written for a mesh. */
@Command(
        name = "import",
        description = "Makes definitions of manifests of anybody, and says where they do not decide alike. Ends with 1"
                + " where something was not carried over.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final Screen screen;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PATH",
            required = true,
            description =
                    "Manifests: a file, a folder, or '-' for standard input; may be said several times. Give all that"
                            + " belong together.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Of objects that do not say theirs (default: default).")
    private String namespace = "default";

    @Option(names = "--to", paramLabel = "LANGUAGE", description = "What is made: yaml or java (default: yaml).")
    private Made made = Made.YAML;

    ImportCommand(Surroundings around) {
        this.around = around;
        this.screen = new Screen(around);
    }

    /** What definitions are said in. */
    enum Made {
        YAML,
        JAVA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        return screen.guard("import", () -> {
            Map<String, String> texts = TextFiles.read(around, names, ManifestYaml.LIMIT);
            Imported imported = Import.by(dialect.dialect()).texts(texts, namespace);
            int code = imported.isProven() ? ExitCode.OK : ExitCode.PROBLEMS;
            if (screen.isJson()) {
                screen.json(json(imported, code));
            } else {
                screen.text(mark(imported) + (made == Made.JAVA ? imported.source() : imported.stored()));
                screen.problems(imported.problems());
                imported.differences().forEach(difference -> screen.note("differs: " + difference));
                imported.notes().forEach(note -> screen.note("note " + note.render()));
                screen.note(counts(imported));
            }
            return code;
        });
    }

    /** Standard output ends in a file, and what is said beside it does not. */
    private String mark(Imported imported) {
        return imported.isProven()
                ? ""
                : (made == Made.JAVA ? "// " : "# ") + "not proven, "
                        + of(imported.problems().size(), "problem") + " and "
                        + of(imported.differences().size(), "difference")
                        + ": this may let through more or less than what was imported\n";
    }

    private static String counts(Imported imported) {
        return of(imported.definitions().size(), "definition") + ", "
                + of(imported.problems().size(), "problem") + ", "
                + of(imported.differences().size(), "difference") + ", " + of(imported.compared(), "request")
                + " compared";
    }

    private static String of(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private ObjectNode json(Imported imported, int code) {
        List<Problem> notes = imported.notes();
        ObjectNode tree = Json.head("import", code)
                .put("proven", imported.isProven())
                .put("definitions", imported.definitions().size())
                .put("compared", imported.compared())
                .put("text", made == Made.JAVA ? imported.source() : imported.stored());
        tree.set("problems", Json.problems(imported.problems()));
        tree.set(
                "differences",
                Json.list(imported.differences(), text -> Json.object().put("text", Json.clipped(text))));
        tree.set("notes", Json.problems(notes));
        return tree;
    }
}
