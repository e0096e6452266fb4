package dev.lintel.traffic.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.traffic.egress.EgressHost;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsolationChainTest {
    private static final ModelCompiler COMPILER = new ModelCompiler(Kinds.installed());
    private static final World LOCAL = new World("localhost");

    @Test
    void aNamespaceIsEnough() {
        IsolationDefinition definition = Isolation.of("shop").define();
        assertThat(definition).isEqualTo(new IsolationDefinition("shop", List.of(), List.of(), Origin.unknown()));
        assertThat(definition.origin().toString()).startsWith("IsolationChainTest.java:");
        assertThat(definition).hasToString("isolation of shop");
    }

    @Test
    void bothDirectionsAreSaidInAnyOrderAndKeptSorted() {
        IsolationDefinition definition = Isolation.of("shop")
                .allowTo("identity")
                .allowFrom("prometheus.metrics", "*.monitoring", "monitoring")
                .define();
        assertThat(definition.allowFrom()).containsExactly("monitoring", "prometheus.metrics");
        assertThat(definition.allowTo()).containsExactly("identity");
        assertThat(definition)
                .isEqualTo(Isolation.of("shop")
                        .allowFrom("monitoring", "prometheus.metrics")
                        .allowTo("*.identity")
                        .define());
    }

    @Test
    void aPrefixNeverChanges() {
        Isolation shop = Isolation.of("shop");
        assertThat(shop.allowFrom("web").define().allowFrom()).containsExactly("web");
        assertThat(shop.allowTo("web").define().allowTo()).containsExactly("web");
        assertThat(shop.define().allowFrom()).isEmpty();
        assertThat(shop).hasToString("isolation of shop");
    }

    @Test
    void whatCannotBeMeantFailsAtTheCall() {
        Isolation shop = Isolation.of("shop").allowFrom("web");
        assertThatThrownBy(() -> shop.allowFrom("jobs.web"))
                .hasMessage("allowFrom is said twice for 'shop': say all at once, but was [web] and [jobs.web]");
        assertThatThrownBy(() -> shop.allowTo())
                .hasMessage("allowTo needs at least one namespace or name; leave it out to let none across");
        assertThatThrownBy(() -> Isolation.of("shop").allowFrom("shop"))
                .hasMessage("'shop' is inside of 'shop' itself, where an isolation refuses nothing: leave it out");
        assertThatThrownBy(() -> Isolation.of("shop").allowTo("orders.shop"))
                .hasMessage(
                        "'orders.shop' is inside of 'shop' itself, where an isolation refuses nothing: leave it out");
        assertThatThrownBy(() -> Isolation.of("Shop"))
                .hasMessage("a namespace must be a DNS label (lower-case letters, digits, '-', at most 63), but was"
                        + " 'Shop'");
        assertThatThrownBy(() -> Isolation.of("shop").allowFrom("a.b.c"))
                .hasMessage("a namespace must be a DNS label (lower-case letters, digits, '-', at most 63), but was"
                        + " 'b.c'");
        assertThatThrownBy(() -> Isolation.of("shop").allowFrom("*")).hasMessageContaining("but was '*'");
    }

    @Test
    void aBoundaryIsSaidOnce() {
        assertThat(COMPILER.compile(
                                List.of(
                                        Isolation.of("shop").define(),
                                        Isolation.of("shop").allowFrom("web").define()),
                                LOCAL)
                        .problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.render())
                                .matches(
                                        "(?s)isolation.twice isolation of shop: is said twice, first at IsolationChainTest.java:\\d+\\R"
                                                + "      say once who may cross the boundary\\R      at IsolationChainTest.java:\\d+"));
    }

    @Test
    void whoMayStillSendEverythingOutsideIsWarned() {
        ModelCompiler.Compiled open =
                COMPILER.compile(List.of(Isolation.of("shop").define()), LOCAL);
        assertThat(open.problems()).isEmpty();
        assertThat(open.warnings()).extracting(Problem::code).containsExactly("isolation.egress-open");
        assertThat(open.warnings().get(0).render())
                .startsWith(
                        "isolation.egress-open isolation of shop: workloads of 'shop' may still call everything outside of this"
                                + " world, because nothing says what may leave\n      say Api.egress(…) for what it needs; once one host is said, nothing else"
                                + " leaves\n      at IsolationChainTest.java:");
        assertThat(COMPILER.compile(
                                List.of(
                                        Isolation.of("shop").define(),
                                        EgressHost.of("api.psp.example")
                                                .inNamespace("web")
                                                .define()),
                                LOCAL)
                        .warnings())
                .isEmpty();
    }
}
