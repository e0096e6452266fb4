package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.Golden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What definitions become in a mesh: each file {@code *.in.yaml} and what is written for it, or why it is refused. */
class IstioGoldenTest {
    static final String FOLDER = "istio";

    @TestFactory
    Stream<DynamicTest> definitions_become_objects() {
        Golden golden = Golden.in(FOLDER, ".istio.yaml");
        Map<String, Supplier<String>> cases = new TreeMap<>();
        golden.inputs(".in.yaml")
                .forEach((name, text) ->
                        cases.put(name.substring(0, name.length() - ".in.yaml".length()), () -> write(name, text)));
        return golden.tests(cases);
    }

    private static String write(String name, String text) {
        IstioDialect dialect = IstioDialect.istio().domain("example.com");
        Compiled compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(text, name), dialect.world());
        return write(compiled.model(), compiled.problems());
    }

    static String write(MeshModel model, List<Problem> before) {
        return write(IstioDialect.istio().domain("example.com"), model, before);
    }

    static String write(IstioDialect dialect, MeshModel model, List<Problem> before) {
        Written written = dialect.write(model);
        List<Problem> problems =
                Stream.concat(before.stream(), written.problems().stream()).toList();
        StringBuilder out = new StringBuilder();
        problems.forEach(problem -> comment(out, "refused", problem));
        if (problems.isEmpty()) {
            written.prerequisites().forEach(prerequisite -> comment(out, "needs", prerequisite));
            written.deviations()
                    .forEach(one -> out.append("# differs: ").append(one.code()).append('\n'));
            out.append("---\n").append(ManifestYaml.write(written.manifests()));
        }
        return out.toString();
    }

    private static void comment(StringBuilder out, String word, Problem problem) {
        out.append("# ").append(word).append(": ").append(problem.code()).append('\n');
        problem.render()
                .substring(problem.code().length() + 1)
                .lines()
                .forEach(line -> out.append("#   ").append(line).append('\n'));
    }
}
