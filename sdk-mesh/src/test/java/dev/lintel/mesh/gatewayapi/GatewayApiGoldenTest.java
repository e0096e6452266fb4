package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What definitions become in Gateway API: each file {@code *.in.yaml}, with the extension that its name ends with. */
class GatewayApiGoldenTest {
    private static final String INPUT = ".in.yaml";

    /** A golden, written for a release. */
    record Case(String name, String text, GatewayApiVersion version) {
        /** For the release that its name says, or for any. */
        static Case of(String name, String text, GatewayApiVersion any) {
            return new Case(name, text, name.contains("Gateway API 1.2") ? GatewayApiVersion.V1_2 : any);
        }

        Written write() {
            GatewayApiDialect dialect = dialect(name.toLowerCase(Locale.ROOT), version);
            return dialect.write(compile(this, dialect).model());
        }
    }

    static List<Case> cases(GatewayApiVersion version) {
        List<Case> cases = new ArrayList<>();
        golden().inputs(INPUT)
                .forEach((name, text) ->
                        cases.add(Case.of(name.substring(0, name.length() - INPUT.length()), text, version)));
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> definitionsBecomeObjects() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        cases(GatewayApiVersion.NEWEST).forEach(one -> cases.put(one.name(), () -> write(one)));
        return golden().tests(cases);
    }

    private static Golden golden() {
        return Golden.in("gateway-api", ".gateway-api.yaml");
    }

    private static Compiled compile(Case one, GatewayApiDialect dialect) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(one.text(), one.name()), dialect.world());
    }

    private static String write(Case one) {
        GatewayApiDialect dialect = dialect(one.name().toLowerCase(Locale.ROOT), one.version());
        Compiled compiled = compile(one, dialect);
        Written written = dialect.write(compiled.model());
        List<Problem> problems = Stream.concat(compiled.problems().stream(), written.problems().stream())
                .toList();
        StringBuilder out = new StringBuilder();
        problems.forEach(problem -> comment(out, "refused", problem));
        if (problems.isEmpty()) {
            written.prerequisites().forEach(prerequisite -> comment(out, "needs", prerequisite));
            written.deviations()
                    .forEach(each ->
                            out.append("# differs: ").append(each.code()).append('\n'));
            written.guarantees()
                    .forEach(each ->
                            out.append("# keeps: ").append(each.describe()).append('\n'));
            out.append("---\n").append(ManifestYaml.write(written.manifests()));
        }
        return out.toString();
    }

    private static GatewayApiDialect dialect(String name, GatewayApiVersion version) {
        GatewayApiDialect dialect =
                GatewayApiDialect.gatewayApi().domain("example.com").version(version);
        if (name.contains("envoy gateway")) {
            return dialect.extension(Extension.ENVOY_GATEWAY).gatewayClass("eg");
        }
        return name.contains("istio")
                ? dialect
                : dialect.extension(Extension.NONE)
                        .gatewayClass("any")
                        .supportedFeatures(Features.known(Extension.ISTIO, GatewayApiVersion.V1_2));
    }

    private static void comment(StringBuilder out, String word, Problem problem) {
        out.append("# ").append(word).append(": ").append(problem.code()).append('\n');
        problem.render()
                .substring(problem.code().length() + 1)
                .lines()
                .forEach(line -> out.append("#   ").append(line).append('\n'));
    }
}
