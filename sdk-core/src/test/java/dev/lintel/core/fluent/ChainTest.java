package dev.lintel.core.fluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.policy.AtHost;
import dev.lintel.core.policy.EntryVerbs;
import dev.lintel.core.policy.PathParameters;
import dev.lintel.core.policy.WorkloadSelector;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ChainTest {
    /** What a user's own composition looks like. */
    static final class Line extends Chain<Line> implements EntryVerbs<Line>, Notes.NoteVerbs<Line> {
        private Line(ServiceRef service) {
            super(service, "shop");
        }

        private Line(ApiDefinition said) {
            super(said);
        }

        static Line expose(String service) {
            return new Line(ServiceRef.parse(service));
        }

        @Override
        protected Line chain(ApiDefinition said) {
            return new Line(said);
        }
    }

    private static int lineHere() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    private static List<String> origins(ApiDefinition definition) {
        return definition.policies().stream()
                .map(said -> said.origin().toString())
                .toList();
    }

    private static List<String> lines(int first, int count) {
        return java.util.stream.IntStream.range(first, first + count)
                .mapToObj(line -> "ChainTest.java:" + line)
                .toList();
    }

    @Test
    void everyVerbHasItsOwnLine() {
        int here = lineHere();
        ApiDefinition definition = Line.expose("orders")
                .atHost("a.shop.example")
                .allowPathParameters()
                .workloadSelector("app", "o")
                .with(new AtHost("b.shop.example"))
                .note("through a lambda of the verb's")
                .define();

        assertThat(definition.origin()).hasToString("ChainTest.java:" + (here + 1));
        assertThat(origins(definition)).isEqualTo(lines(here + 2, 5));
        Notes notes = (Notes) definition.policies().get(4).policy();
        assertThat(notes.all().get(0).origin()).hasToString("ChainTest.java:" + (here + 6));
    }

    @Test
    void whatIsSaidInALambdaHasTheLineInTheLambda() {
        int here = lineHere();
        ApiDefinition definition = Line.expose("orders")
                .notes(notes -> {
                    Notes one = notes.note("one");
                    return one.note("two");
                })
                .define();

        Notes notes = (Notes) definition.policies().get(0).policy();
        assertThat(origins(definition)).containsExactly("ChainTest.java:" + (here + 2));
        assertThat(notes.all()).extracting(note -> note.origin().toString()).isEqualTo(lines(here + 3, 2));
    }

    @Test
    void aHelperOfTheUsersIsTheUsersLine() {
        int here = lineHere();
        UnaryOperator<Line> ours = line -> line.allowPathParameters();

        assertThat(origins(ours.apply(Line.expose("orders")).define())).containsExactly("ChainTest.java:" + (here + 1));
    }

    @Test
    void aPrefixIsAValueThatNeverChanges() {
        Line prefix = Line.expose("orders").atHost("a.shop.example");
        ApiDefinition before = prefix.define();
        ApiDefinition one = prefix.allowPathParameters().define();
        ApiDefinition two = prefix.workloadSelector("app", "o").define();

        assertThat(prefix.define()).isEqualTo(before);
        assertThat(before.policies()).extracting(said -> said.policy().kind()).containsExactly("entry.host/v1");
        assertThat(one.policies())
                .extracting(ApiDefinition.Said::policy)
                .containsExactly(new AtHost("a.shop.example"), new PathParameters());
        assertThat(two.policies())
                .extracting(ApiDefinition.Said::policy)
                .containsExactly(new AtHost("a.shop.example"), new WorkloadSelector(Map.of("app", "o")));
        assertThat(prefix).hasToString("orders.shop [entry.host/v1]");
    }

    @Test
    void equalChainsGiveEqualDefinitions() {
        ApiDefinition one = Line.expose("orders").note("x").define();
        ApiDefinition two = Line.expose("orders:80").note("x").define();

        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one).isNotEqualTo(Line.expose("orders").note("y").define());
    }

    @Test
    void defineTellsAllProblemsAtOnce() {
        int here = lineHere();
        Line line = Line.expose("orders")
                .allowPathParameters()
                .atHost("orders.billing.example")
                .allowPathParameters();

        assertThatThrownBy(line::define).isInstanceOf(ProblemsException.class).hasMessage("""
                        'orders.shop' has 2 problems
                          (1) policy.twice orders.shop entry.path-parameters/v1: is said twice, first at ChainTest.java:%d
                              say it once, or merge the two values before saying it
                              at ChainTest.java:%d
                          (2) host.foreign orders.shop entry.host/v1: host 'orders.billing.example' is not below the namespace's own label 'shop'
                              a namespace can bind only {name}.shop.{domain}, for example orders.shop.example.com
                              at ChainTest.java:%d""".formatted(
                        here + 2, here + 4, here + 3));
    }

    @Test
    void nothingIsNoPolicy() {
        Line line = Line.expose("orders");
        assertThatThrownBy(() -> line.with(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("policy");
    }
}
