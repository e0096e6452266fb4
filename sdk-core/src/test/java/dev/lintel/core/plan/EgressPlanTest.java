package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.testkit.Golden;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a plan says about what may leave; each case has its lines in {@code golden/egress-plans}. */
class EgressPlanTest {
    private static final EgressRule PSP = rule(1, "api.psp.example", List.of(443), "payments");
    private static final EgressGateway OTHER = new EgressGateway("out", "edge");
    private static final MeshModel NOTHING = world();

    private final Map<String, Supplier<String>> cases = new LinkedHashMap<>();

    private static EgressRule rule(int line, String host, List<Integer> ports, String... onlyFor) {
        return new EgressRule("shop", host, ports, List.of(onlyFor), false, Origin.at("Shop.java", line));
    }

    private static EgressRule inside(EgressRule rule) {
        return new EgressRule(rule.namespace(), rule.host(), rule.ports(), rule.onlyFor(), true, rule.origin());
    }

    private static EgressRule through(EgressRule rule, EgressGateway gateway) {
        return new EgressRule(
                rule.namespace(),
                rule.host(),
                rule.ports(),
                rule.onlyFor(),
                rule.privateAddresses(),
                gateway,
                rule.origin());
    }

    private static MeshModel world(EgressRule... rules) {
        return new MeshModel(List.of(Fixture.api("orders", Access.OPEN)), Arrays.asList(rules));
    }

    private void add(String name, MeshModel before, MeshModel now) {
        cases.put(name, () -> plan(before, now).render());
    }

    private static Plan plan(MeshModel before, MeshModel now) {
        return new Plan(
                "embedded",
                "7",
                now,
                Changes.between(before, now),
                Effects.between(before, now),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    @TestFactory
    Stream<DynamicTest> whatNewlyLeavesOrNoLongerIsTold() {
        MeshModel one = world(PSP);
        EgressRule other = new EgressRule("bank", "ledger.example", List.of(443), List.of(), false, PSP.origin());
        add("nothing changes", one, world(PSP));
        add("the first rule shuts everything else out", NOTHING, one);
        add("the last rule goes and everything leaves", one, NOTHING);
        add("a rule is added", one, world(PSP, rule(2, "cdn.example", List.of(80, 443))));
        add("a rule is dropped", world(PSP, rule(2, "cdn.example", List.of(80, 443))), one);
        add("the first rule of another namespace", one, world(other, PSP));
        add("another application", one, world(rule(1, "api.psp.example", List.of(443), "payments", "refunds")));
        add("every application", one, world(rule(1, "api.psp.example", List.of(443))));
        add("one application of all", world(rule(1, "api.psp.example", List.of(443))), one);
        add("another port", one, world(rule(1, "api.psp.example", List.of(8443), "payments")));
        add("ports and applications", one, world(rule(1, "api.psp.example", List.of(443, 8443), "payments", "web")));
        add(
                "a narrower host takes away from a wildcard",
                world(rule(1, "*.psp.example", List.of(443), "billing")),
                world(rule(1, "*.psp.example", List.of(443), "billing"), PSP));
        add(
                "a narrower host goes and the wildcard governs",
                world(rule(1, "*.psp.example", List.of(443), "billing"), PSP),
                world(rule(1, "*.psp.example", List.of(443), "billing")));
        add("private addresses", one, world(inside(PSP)));
        add("private addresses no longer", world(inside(PSP)), one);
        EgressRule through = through(PSP, EgressGateway.STANDARD);
        add("a host is called through a gateway from the start", NOTHING, world(through));
        add("a host is called through a gateway from now on", one, world(through));
        add("a host is called directly again", world(through), one);
        add("a host is called through another gateway", world(through), world(through(PSP, OTHER)));
        return Golden.in("egress-plans", ".txt").tests(cases);
    }

    @Test
    void aNewHostWidensNothingButThatTheLastRuleGoesDoes() {
        EgressRule more = rule(2, "*.example", List.of(443));
        assertThat(plan(NOTHING, world(PSP)).widens()).isFalse();
        assertThat(plan(world(PSP), world(more, PSP)).widens()).isFalse();
        assertThat(plan(world(more, PSP), world(PSP)).widens()).isFalse();
        assertThat(plan(world(PSP), NOTHING).widens()).isTrue();
    }

    @Test
    void whatIsSaidOfAHostMayNotGrowWithoutAReason() {
        EgressRule forAll = new EgressRule("shop", PSP.host(), PSP.ports(), List.of(), false, PSP.origin());
        EgressRule more = new EgressRule("shop", PSP.host(), List.of(443, 8443), PSP.onlyFor(), false, PSP.origin());
        assertThat(plan(world(PSP), world(forAll)).widens()).isTrue();
        assertThat(plan(world(PSP), world(more)).widens()).isTrue();
        assertThat(plan(world(PSP), world(inside(PSP))).widens()).isTrue();
        assertThat(plan(world(forAll), world(PSP)).widens()).isFalse();
        assertThat(plan(world(more), world(PSP)).widens()).isFalse();
    }

    @Test
    void thatNoGatewayIsNeededAnyMoreWidens() {
        MeshModel through = world(through(PSP, EgressGateway.STANDARD));
        assertThat(plan(through, world(PSP)).widens()).isTrue();
        assertThat(plan(world(PSP), through).widens()).isFalse();
        assertThat(plan(NOTHING, through).widens()).isFalse();
        assertThat(plan(through, world(through(PSP, OTHER))).widens()).isFalse();
    }

    @Test
    void aWorldsTextHoldsWhatMayLeave() {
        assertThat(ModelText.of(new MeshModel(List.of(), List.of(PSP, inside(rule(2, "b.example", List.of(80)))))))
                .isEqualTo("""
                        egress: api.psp.example
                        namespace: shop
                        ports:
                          - 443
                        only for:
                          - payments

                        egress: b.example
                        namespace: shop
                        ports:
                          - 80
                        private addresses: allowed
                        """);
        assertThat(ModelText.of(through(PSP, OTHER))).endsWith("  - payments\nthrough: out.edge\n");
    }
}
