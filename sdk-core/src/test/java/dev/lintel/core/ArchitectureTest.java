package dev.lintel.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of this module's inside. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target", "classes"));

    /** Where values live that are printed and compared. */
    private static final String[] VALUES = {
        "dev.lintel.core",
        "dev.lintel.core.model",
        "dev.lintel.core.policy",
        "dev.lintel.core.match",
        "dev.lintel.core.form",
        "dev.lintel.core.plan"
    };

    private static final int LINES = 400;

    @Test
    void everythingWasLookedAt() {
        assertThat(CORE.size()).isGreaterThan(120);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CORE);
    }

    @Test
    void theVocabularyKnowsNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.lintel.core")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lintel.core", "java..", "org.jspecify..", "com.google.errorprone.annotations..")
                .check(CORE);
    }

    @Test
    void coreKnowsNoOtherModuleAndFewLibraries() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lintel.core..",
                        "java..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..",
                        "com.fasterxml.jackson..",
                        "org.yaml.snakeyaml.error..",
                        "com.github.difflib..",
                        "org.slf4j..")
                .check(CORE);
    }

    @Test
    void jacksonIsUsedByTheFormAlone() {
        noClasses()
                .that(not(resideInAPackage("dev.lintel.core.form..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml..")
                .check(CORE);
    }

    @Test
    void nothingIsReadOrWrittenHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..", "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|ServerSocket|DatagramSocket|InetAddress|URL|URLConnection)")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile)")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CORE);
    }

    @Test
    void nothingIsPrinted() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
    }

    @Test
    void nobodyWaitsOrAsksTheSystemForTime() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CORE);
    }

    /** Their order differs from one run of the JVM to the next, and would show in texts. */
    @Test
    void valuesKeepTheirOrder() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(VALUES)
                .should()
                .callMethod(Map.class, "copyOf", Map.class)
                .orShould()
                .callMethod(Set.class, "copyOf", Collection.class)
                .orShould()
                .callMethod(Collectors.class, "toSet")
                .orShould()
                .callConstructor(java.util.HashMap.class)
                .orShould()
                .callConstructor(java.util.HashMap.class, Map.class);
        rule.check(CORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "test"})
    void filesAreShort(String tree) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", tree, "java"))) {
            List<String> lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) >= LINES)
                    .map(file -> file.getFileName() + " has " + lines(file) + " lines")
                    .toList();
            assertThat(lengths).isEmpty();
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src", "main", "java", "dev"))) {
            assertThat(folders.filter(ArchitectureTest::holdsClasses)
                            .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
                    .isEmpty();
        }
    }

    private static boolean holdsClasses(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
