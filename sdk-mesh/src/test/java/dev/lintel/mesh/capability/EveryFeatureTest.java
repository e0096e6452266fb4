package dev.lintel.mesh.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.spi.PolicyCompiler;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Worlds.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing is dropped: each feature, said in {@code src/test/features}, is enforced, noted or refused by each dialect, as it
 * declares.
 */
class EveryFeatureTest {
    private static final Path FOLDER = Path.of("src", "test", "features");

    @TestFactory
    Stream<DynamicTest> eachFeatureIsEnforcedNotedOrRefusedAsDeclared() {
        return Worlds.all().stream()
                .flatMap(world -> world.versions().entrySet().stream()
                        .flatMap(version -> version.getValue().capabilities().stream()
                                .map(one -> DynamicTest.dynamicTest(
                                        world.name() + " " + version.getKey() + ": " + one.feature() + " is "
                                                + one.support(),
                                        () -> check(world, version.getValue(), one)))));
    }

    private static void check(World world, Dialect dialect, Capability capability) {
        Compiled compiled = compile(dialect, world.says().apply(capability.feature(), file(capability.feature())));
        assertThat(compiled.problems()).as("problems of the definition itself").isEmpty();
        Written written = dialect.write(compiled.model());
        switch (capability.support()) {
            case REFUSED ->
                assertThat(written.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.code()).matches("(istio|gateway-api|kyma)\\.[a-z0-9-]+");
                    assertThat(problem.hint()).isNotBlank();
                    assertThat(problem.origin().toString()).startsWith("feature.yaml");
                });
            case ENFORCED -> {
                assertThat(written.problems()).isEmpty();
                same(world, dialect, compiled, written);
            }
            case NOTED -> {
                assertThat(written.problems()).isEmpty();
                assertThat(notes(written))
                        .as("what is noted beside what is noted of every API")
                        .anyMatch(code -> !plainNotes(dialect).contains(code));
                same(world, dialect, compiled, written);
            }
        }
    }

    private static void same(World world, Dialect dialect, Compiled compiled, Written written) {
        Read read = dialect.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        SameAnswers.check(compiled.model(), read.model(), world.statuses(), notes(written));
    }

    @Test
    void everyDialectSpeaksAboutEveryFeatureOnce() {
        assertThat(Worlds.all())
                .isNotEmpty()
                .flatExtracting(world -> world.versions().values())
                .allSatisfy(dialect -> assertThat(dialect.capabilities())
                        .extracting(Capability::feature)
                        .containsExactly(Feature.values()));
    }

    /** The oldest version from which on a feature is never refused is the one that is named, and none if it is the first. */
    @TestFactory
    Stream<DynamicTest> eachFeatureIsThereSinceTheVersionThatIsDeclared() {
        return Worlds.all().stream()
                .flatMap(world -> world.dialect().capabilities().stream()
                        .filter(one -> one.support() != Support.REFUSED)
                        .map(one -> DynamicTest.dynamicTest(
                                world.name() + ": " + one.feature() + " since '" + one.since() + "'",
                                () -> since(world, one))));
    }

    private static void since(World world, Capability newest) {
        String first = "";
        List<Problem> last = List.of();
        for (Map.Entry<String, Dialect> version : world.versions().entrySet()) {
            Feature feature = newest.feature();
            Compiled compiled = compile(version.getValue(), world.says().apply(feature, file(feature)));
            List<Problem> problems = version.getValue().write(compiled.model()).problems();
            first = !problems.isEmpty() ? "" : last.isEmpty() ? first : version.getKey();
            last = problems;
            if (!problems.isEmpty()) {
                assertThat(problems.get(0).hint()).contains(newest.since()).isNotBlank();
            }
        }
        assertThat(newest.since()).isEqualTo(first);
    }

    @Test
    void everyKindOfPolicyHasAFeature() {
        Set<String> kinds = new TreeSet<>(Set.of("Isolation/v1", "Egress/v1"));
        ServiceLoader.load(PolicyCompiler.class).forEach(compiler -> kinds.add(compiler.kind()));
        assertThat(kinds)
                .allSatisfy(kind -> assertThat(Kinds.installed().policy(kind).isPresent() || kind.matches("[A-Z].*"))
                        .isTrue());

        // A raw field is set by the backend behind every dialect, and refused or applied alike for all of them.
        kinds.remove("mesh.raw/v1");
        Set<String> featured = new TreeSet<>();
        Arrays.stream(Feature.values()).forEach(feature -> featured.add(feature.kind()));
        assertThat(featured).isEqualTo(kinds);
    }

    @Test
    void everyFeatureHasADefinitionThatSaysIt() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.toList())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Feature.values())
                            .map(EveryFeatureTest::path)
                            .toList());
        }
        for (Feature feature : Feature.values()) {
            assertThat(file(feature)).as("%s", feature).contains("kind: " + feature.kind());
        }
    }

    private static Set<String> plainNotes(Dialect dialect) {
        String plain = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
        return notes(dialect.write(compile(dialect, plain).model()));
    }

    private static Set<String> notes(Written written) {
        return Stream.concat(
                        written.prerequisites().stream().map(Problem::code),
                        written.deviations().stream().map(Deviation::code))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Compiled compile(Dialect dialect, String yaml) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(yaml, "feature.yaml"), dialect.world());
    }

    private static Path path(Feature feature) {
        return FOLDER.resolve(feature.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml");
    }

    private static String file(Feature feature) {
        try {
            return Files.readString(path(feature));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
