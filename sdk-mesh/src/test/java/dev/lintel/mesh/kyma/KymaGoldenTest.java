package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
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

/** What definitions become in Kyma: each file {@code *.in.yaml} and what is written for it, or why it is refused. */
class KymaGoldenTest {
    private static final String END = ".in.yaml";

    @TestFactory
    Stream<DynamicTest> definitionsBecomeObjects() {
        Golden golden = Golden.in("kyma", ".kyma.yaml");
        Map<String, Supplier<String>> cases = new TreeMap<>();
        golden.inputs(END)
                .forEach((name, text) ->
                        cases.put(name.substring(0, name.length() - END.length()), () -> write(name, text)));
        return golden.tests(cases);
    }

    private static String write(String name, String text) {
        KymaDialect any = KymaDialect.kyma().domain("example.com").gateway("kyma-system/kyma-gateway");
        KymaDialect dialect = name.contains("only APIRules") ? any.onlyApiRules() : any;
        Compiled compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(text, name), dialect.world());
        Written written = dialect.write(compiled.model());
        List<Problem> problems = Stream.concat(compiled.problems().stream(), written.problems().stream())
                .toList();
        StringBuilder out = new StringBuilder();
        problems.forEach(problem -> comment(out, "refused", problem));
        if (problems.isEmpty()) {
            written.prerequisites().forEach(prerequisite -> comment(out, "needs", prerequisite));
            written.deviations()
                    .forEach(one -> out.append("# differs: ").append(one.code()).append('\n'));
            written.guarantees()
                    .forEach(one ->
                            out.append("# keeps: ").append(one.describe()).append('\n'));
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
