package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The definitions that a command is about: all of them, or none if anything is wrong with one. */
final class DefinitionFiles {
    /** The reader takes no more of one text; a longer one is not worth reading. */
    private static final int LIMIT = 1024 * 1024;

    private final Surroundings around;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PATH",
            description = "Definitions in the stored form, YAML or JSON: a file, a folder, or '-' for standard input;"
                    + " may be said several times.")
    private List<String> names = new ArrayList<>();

    DefinitionFiles(Surroundings around) {
        this.around = around;
    }

    boolean areNamed() {
        return !names.isEmpty();
    }

    /**
     * Reads them.
     *
     * @return in the order of the files
     * @throws ProblemsException with the problems of all files, if there is any
     * @throws UsageException if no file is named: no definitions at all would be another wish
     */
    List<Definition> read() {
        if (names.isEmpty()) {
            throw new UsageException("say -f with the definitions");
        }
        List<Definition> definitions = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, String> file :
                TextFiles.read(around, names, LIMIT).entrySet()) {
            DefinitionFormat.Parsed parsed = format(file.getKey()).parse(file.getValue(), file.getKey());
            definitions.addAll(parsed.definitions());
            problems.addAll(parsed.problems());
        }
        if (!problems.isEmpty()) {
            problems.addAll(besides(definitions));
            throw new ProblemsException("the definitions", problems);
        }
        return definitions;
    }

    /** What is wrong with the rest whatever the parts say that could not be read: nobody mends one and then finds the other. */
    private static List<Problem> besides(List<Definition> definitions) {
        return new ModelCompiler(Kinds.installed())
                .compile(definitions, new World(World.LOCALHOST)).problems().stream()
                        .filter(problem -> problem.code().endsWith(".twice")
                                || problem.code().equals("policy.unknown"))
                        .toList();
    }

    private static DefinitionFormat format(String name) {
        return name.endsWith(".json") ? DefinitionFormat.json() : DefinitionFormat.yaml();
    }
}
