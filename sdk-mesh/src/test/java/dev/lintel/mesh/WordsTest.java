package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import dev.lintel.testkit.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said of every golden definition in every world is whole: a code, a place, sentences without holes, a hint. */
class WordsTest {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    /** A line of a file without a name: the origin was written without asking whether there is one. */
    private static final Pattern NAMELESS = Pattern.compile("(^|[ (]):\\d");

    private static final Pattern HOLE =
            Pattern.compile("  | [,;:.)](\\s|$)|\\( |''|null|\\bat(,|;|\\.|$)|^ | $|@[0-9a-f]{6,}|[A-Z]\\w*\\[\\w+=");

    private static final List<Dialect> DIALECTS = List.of(
            IstioDialect.istio().domain("example.com"),
            IstioDialect.istio().domain("example.com").ambient(),
            GatewayApiDialect.gatewayApi().domain("example.com"),
            GatewayApiDialect.gatewayApi()
                    .domain("example.com")
                    .extension(Extension.ENVOY_GATEWAY)
                    .gatewayClass("eg"),
            GatewayApiDialect.gatewayApi()
                    .domain("example.com")
                    .extension(Extension.NONE)
                    .gatewayClass("any"),
            KymaDialect.kyma().domain("example.com"),
            KymaDialect.kyma().domain("example.com").onlyApiRules());

    private static Map<String, String> inputs() {
        Map<String, String> inputs = new TreeMap<>();
        for (String folder : List.of("istio", "istio-access", "gateway-api", "kyma")) {
            Golden.in(folder, ".none")
                    .inputs(".in.yaml")
                    .forEach((name, text) -> inputs.put(folder + "/" + name, text));
        }
        return inputs;
    }

    private static List<Problem> problems(String text, Dialect dialect) {
        Compiled compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(text, ""), dialect.world());
        Written written = dialect.write(compiled.model());
        List<Problem> all = new ArrayList<>(compiled.problems());
        all.addAll(compiled.warnings());
        all.addAll(written.problems());
        all.addAll(written.prerequisites());
        return all;
    }

    private static List<String> faults(Problem problem) {
        List<String> faults = new ArrayList<>();
        if (!CODE.matcher(problem.code()).matches()) {
            faults.add("code");
        }
        if (problem.path().isBlank()) {
            faults.add("place");
        }
        if (problem.hint().isBlank()) {
            faults.add("no hint");
        }
        for (String text : List.of(problem.path(), problem.message(), problem.hint())) {
            if (text.lines().anyMatch(line -> HOLE.matcher(line.strip()).find())) {
                faults.add("hole in '" + text + "'");
            }
            if (NAMELESS.matcher(text).find()) {
                faults.add("line without a file in '" + text + "'");
            }
        }
        return faults;
    }

    @TestFactory
    Stream<DynamicTest> everyProblemOfEveryGoldenIsWholeInEveryWorld() {
        return inputs().entrySet().stream()
                .map(input -> DynamicTest.dynamicTest(input.getKey(), () -> {
                    for (Dialect dialect : DIALECTS) {
                        assertThat(problems(input.getValue(), dialect))
                                .as(dialect.name())
                                .allSatisfy(problem -> assertThat(faults(problem))
                                        .as(problem.render())
                                        .isEmpty());
                    }
                }));
    }

    /** The test above speaks about many codes, so that it does not hold for want of problems. */
    @Test
    void manyCodesAreSaid() {
        Set<String> codes = new TreeSet<>();
        for (String text : inputs().values()) {
            DIALECTS.forEach(dialect -> problems(text, dialect).forEach(problem -> codes.add(problem.code())));
        }

        assertThat(codes).hasSizeGreaterThan(100).contains("istio.egress-gateway-ports");
    }

    @TestFactory
    Stream<DynamicTest> everyProblemOfReadingForeignObjectsIsWhole() {
        return Golden.in("import", ".none").inputs(".in.yaml").entrySet().stream()
                .map(input -> DynamicTest.dynamicTest(input.getKey(), () -> {
                    List<Manifest> manifests;
                    try {
                        manifests = ManifestYaml.readAny(input.getValue(), "shop");
                    } catch (IllegalArgumentException e) {
                        return;
                    }
                    for (Dialect dialect : DIALECTS) {
                        Read read = dialect.read(manifests);
                        assertThat(read.problems())
                                .as(dialect.name())
                                .allSatisfy(problem -> assertThat(faults(problem))
                                        .as(problem.render())
                                        .isEmpty());
                    }
                }));
    }
}
