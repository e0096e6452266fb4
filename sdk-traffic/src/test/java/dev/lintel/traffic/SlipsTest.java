package dev.lintel.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.traffic.egress.EgressHost;
import dev.lintel.traffic.isolation.Isolation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is legal and probably a slip is a warning of the plan. */
class SlipsTest {
    private static List<Problem> warnings(Definition... definitions) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(definitions), new World(World.LOCALHOST));
        assertThat(compiled.problems()).isEmpty();
        return compiled.warnings();
    }

    @Test
    void aMethodThatNobodyRegisteredIsWarned() {
        List<Problem> warnings = warnings(Said.orders()
                .route("GTE /beta/**", "v2")
                .route("GTE /more/**", "v2")
                .route("PURGE /cache/**", "v2")
                .route("PROPFIND /files/**", "v2")
                .route("GET,QUERY /search", "v2")
                .define());

        assertThat(warnings)
                .extracting(Problem::code, Problem::message, Problem::hint)
                .containsExactly(
                        tuple(
                                "method.unknown",
                                "names the method 'GTE', which no standard knows: a rule for it holds for no other",
                                "did you mean 'GET'?"),
                        tuple(
                                "method.unknown",
                                "names the method 'PURGE', which no standard knows: a rule for it holds for no other",
                                "nothing, if clients do send it"));
        assertThat(warnings)
                .allSatisfy(one -> assertThat(one.origin()).asString().startsWith("SlipsTest.java:"));
    }

    @Test
    void aBoundaryAroundANamespaceOfWhichNothingIsSaidIsWarned() {
        Definition leaves = EgressHost.of("api.psp.example").inNamespace("web").define();

        assertThat(warnings(Said.orders().define(), leaves, Isolation.of("shpo").define()))
                .singleElement()
                .satisfies(one -> assertThat(one.render())
                        .contains(
                                "isolation.empty isolation of shpo: is a boundary around 'shpo', where no API is",
                                "did you mean 'shop'?",
                                "SlipsTest.java:"));
        assertThat(warnings(
                        Said.orders().define(),
                        leaves,
                        Isolation.of("monitoring").define()))
                .singleElement()
                .satisfies(one -> assertThat(one.hint())
                        .isEqualTo("leave it as it is if workloads that no definition speaks of live there"));
        assertThat(warnings(
                        Said.orders().define(),
                        leaves,
                        Isolation.of("shop").define(),
                        Isolation.of("web").define()))
                .isEmpty();
        assertThat(warnings(leaves, Isolation.of("clients").define())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.psp.example",
                "https//api.psp.example",
                "https:/api.psp.example",
                "https:api.psp.example",
                "htps:/api.psp.example",
                "grpc://api.psp.example",
                "api.psp.example//pay"
            })
    void aHostOutsideIsSaidWithoutScheme(String host) {
        assertThatThrownBy(() -> EgressHost.of(host))
                .hasMessageContaining("must be a host alone, without scheme and path");
    }

    @Test
    void aHostOutsideIsSaidWithoutItsPort() {
        assertThatThrownBy(() -> EgressHost.of("api.psp.example:443")).hasMessageContaining("ports(…) says");
    }
}
