package dev.lintel.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What depends on what, over all modules together. */
class ArchitectureTest {
    private static final JavaClasses ALL =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.lintel");

    private static final String[] EVERYWHERE = {
        "java.lang..",
        "java.util..",
        "java.math..",
        "java.time..",
        "java.text..",
        "java.net",
        "java.nio",
        "java.nio.charset",
        "java.security..",
        "java.io",
        "org.jspecify..",
        "com.google.errorprone.annotations..",
    };

    /** Which packages of others each module may use, beside its own and {@link #EVERYWHERE}. */
    private static final Map<String, List<String>> MODULES = new LinkedHashMap<>();

    static {
        MODULES.put(
                "core",
                List.of("org.slf4j..", "com.fasterxml.jackson..", "com.github.difflib..", "org.yaml.snakeyaml.."));
        MODULES.put(
                "auth",
                List.of(
                        "dev.lintel.core..",
                        "com.fasterxml.jackson..",
                        "com.nimbusds..",
                        "org.apache.hc..",
                        "com.github.benmanes.caffeine..",
                        "io.micrometer..",
                        "java.net.http",
                        "javax.net.ssl..",
                        "javax.crypto..",
                        "java.nio.channels",
                        "java.nio.file..",
                        "java.sql",
                        "javax.sql",
                        "org.slf4j.."));
        MODULES.put(
                "traffic",
                List.of(
                        "dev.lintel.core..",
                        "com.fasterxml.jackson..",
                        "java.net.http",
                        "java.nio.channels",
                        "java.nio.file.."));
        MODULES.put(
                "graphql",
                List.of(
                        "dev.lintel.auth..",
                        "dev.lintel.core..",
                        "com.fasterxml.jackson..",
                        "graphql..",
                        "javax.net.ssl..",
                        "org.apache.hc..",
                        "java.nio.file..",
                        "org.yaml.snakeyaml.."));
        MODULES.put("graphiql", List.of("dev.lintel.graphql.."));
        MODULES.put(
                "mesh",
                List.of(
                        "dev.lintel.core..",
                        "com.fasterxml.jackson..",
                        "java.nio.file..",
                        "javax.net.ssl..",
                        "org.slf4j..",
                        "org.yaml.."));
        MODULES.put(
                "embedded",
                List.of(
                        "dev.lintel.core..",
                        "dev.lintel.auth..",
                        "com.fasterxml.jackson..",
                        "com.nimbusds..",
                        "com.sun.net.httpserver..",
                        "org.apache.hc..",
                        "io.netty..",
                        "java.net.http",
                        "org.bouncycastle..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500",
                        "java.nio.channels",
                        "java.nio.file..",
                        "org.slf4j.."));
        MODULES.put(
                "extauthz",
                List.of(
                        "dev.lintel.core..",
                        "dev.lintel.embedded..",
                        "com.google.protobuf..",
                        "com.google.rpc..",
                        "io.envoyproxy.envoy..",
                        "io.grpc..",
                        "io.netty..",
                        "javax.net.ssl..",
                        "org.slf4j.."));
        MODULES.put(
                "junit",
                List.of(
                        "dev.lintel.core..",
                        "dev.lintel.auth..",
                        "dev.lintel.embedded..",
                        "java.net.http",
                        "org.junit.jupiter.api.."));
        MODULES.put(
                "kubernetes",
                List.of(
                        "dev.lintel.core..",
                        "dev.lintel.auth..",
                        "dev.lintel.mesh..",
                        "com.fasterxml.jackson..",
                        "io.fabric8.kubernetes.client.."));
        MODULES.put(
                "cli",
                List.of(
                        "dev.lintel.core..",
                        "dev.lintel.mesh..",
                        "dev.lintel.kubernetes..",
                        "dev.lintel.embedded..",
                        "dev.lintel.graphql..",
                        "com.sun.net.httpserver..",
                        "com.fasterxml.jackson..",
                        "io.fabric8.kubernetes..",
                        "java.nio.file..",
                        "picocli.."));
        MODULES.put(
                "sdk",
                List.of("dev.lintel.core..", "dev.lintel.auth..", "dev.lintel.graphql..", "dev.lintel.traffic.."));
    }

    @Test
    void looksAtAllModules() {
        assertThat(ALL).hasSizeGreaterThan(300);
        MODULES.keySet()
                .forEach(module -> assertThat(ALL.stream()
                                .filter(type -> type.getPackageName().startsWith("dev.lintel." + module)))
                        .as(module)
                        .isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> modulesUseWhatTheyMay() {
        return MODULES.entrySet().stream()
                .map(module -> DynamicTest.dynamicTest(module.getKey(), () -> {
                    String own = "dev.lintel." + module.getKey() + "..";
                    String[] allowed = Stream.of(Stream.of(own), module.getValue().stream(), Stream.of(EVERYWHERE))
                            .flatMap(packages -> packages)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(own)
                            .should(onlyDependOnClassesThat(resideInAnyPackage(allowed)))
                            .check(ALL);
                }));
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("dev.lintel.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @TestFactory
    Stream<DynamicTest> packagesHaveNoCycles() {
        return MODULES.keySet().stream()
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> slices().matching("dev.lintel." + module + ".(**)")
                                .should()
                                .beFreeOfCycles()
                                .allowEmptyShould(true)
                                .check(ALL)));
    }

    /** A graph's source takes a path, which is read by the package of documents; a time-out is no socket. */
    @Test
    void onlyTheEndsTouchFilesAndSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.lintel.embedded..",
                        "dev.lintel.extauthz..",
                        "dev.lintel.auth.client..",
                        "dev.lintel.auth.jwt..",
                        "dev.lintel.auth.net..",
                        "dev.lintel.auth.store.file..",
                        "dev.lintel.auth.oauth..",
                        "dev.lintel.auth.opa.bundle..",
                        "dev.lintel.cli..",
                        "dev.lintel.graphql.document..",
                        "dev.lintel.graphql.upstream..",
                        "dev.lintel.mesh.target..",
                        "dev.lintel.traffic.rollout.file..",
                        "dev.lintel.traffic.rollout.prometheus..",
                        "dev.lintel.junit..",
                        "dev.lintel.testkit..",
                        "dev.lintel.examples..")
                .and()
                .doNotHaveFullyQualifiedName("dev.lintel.graphql.expose.GraphSource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "java.nio.file..", "java.nio.channels..", "org.apache.hc..", "io.netty..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket(?!TimeoutException).*|.*Connection|InetAddress|URL)"
                        + "|java\\.io\\.(File.*|RandomAccessFile)")
                .check(ALL);
    }

    /** The command line does so by streams that it is given; its main class alone has those of the process. */
    @Test
    void onlyExamplesPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.lintel.examples..")
                .and()
                .doNotHaveFullyQualifiedName("dev.lintel.cli.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(ALL);
    }

    /** Their order differs from one JVM to the next, so that what is printed or compared would flicker. */
    @Test
    void valuesKeepTheirOrder() {
        noClasses()
                .that()
                .areAssignableTo(Record.class)
                .and()
                .resideOutsideOfPackage("dev.lintel.embedded..")
                .should()
                .callMethod(Map.class, "copyOf", Map.class)
                .orShould()
                .callMethod(Set.class, "copyOf", Collection.class)
                .orShould()
                .callConstructor(HashMap.class)
                .orShould()
                .callConstructor(HashMap.class, Map.class)
                .check(ALL);
    }

    @Test
    void meaningIsPure() {
        noClasses()
                .that()
                .areAssignableTo(PolicyCompiler.class)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|UUID|concurrent\\.ThreadLocalRandom)|java\\.time\\.Clock")
                .check(ALL);
    }
}
