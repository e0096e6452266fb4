package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may leave. */
class EgressTest {
    private static EgressRule rule(int line, String namespace, String host, List<Integer> ports, String... onlyFor) {
        return new EgressRule(namespace, host, ports, List.of(onlyFor), false, Origin.at("Shop.java", line));
    }

    private static Evaluator world(EgressRule... rules) {
        return Evaluator.of(new MeshModel(List.of(), Arrays.asList(rules)));
    }

    private static final Evaluator SHOP = world(
            rule(1, "shop", "*.example", List.of(443)),
            rule(2, "shop", "*.psp.example", List.of(443, 8443), "billing"),
            rule(3, "shop", "api.psp.example", List.of(443), "payments", "refunds"),
            rule(4, "bank", "ledger.example", List.of(443)));

    @ParameterizedTest
    @CsvSource({
        "payments, api.psp.example, 443, LISTED",
        "payments, API.PSP.example., 443, LISTED",
        "billing, api.psp.example, 443, OTHERS",
        "payments, api.psp.example, 8443, PORT",
        "billing, test.psp.example, 8443, LISTED",
        "billing, a.b.psp.example, 443, LISTED",
        "payments, test.psp.example, 443, OTHERS",
        "payments, psp.example, 443, LISTED",
        "payments, ledger.example, 443, LISTED",
        "payments, example, 443, NO_NAME",
        "payments, psp.example.evil, 443, UNLISTED",
        "payments, evilpsp.exampl, 443, UNLISTED",
        "payments, api.psp.example, 25, MAIL",
        "payments, api.psp.example, 0, PORT",
        "payments, api.psp.example, 65536, PORT",
        "payments, 10.0.0.1, 443, NO_NAME",
        "payments, 0x7f.1, 443, NO_NAME",
        "payments, [::1], 443, NO_NAME",
        "payments, api..example, 443, NO_NAME",
        "payments, '', 443, NO_NAME",
        "payments, api.psp.exampl\u0130, 443, NO_NAME"
    })
    void theNarrowestHostGovernsAlone(String application, String host, int port, EgressReason reason) {
        EgressDecision decision = SHOP.egress("shop", application, host, port);

        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.isAllowed()).isEqualTo(reason == EgressReason.LISTED);
    }

    @Test
    void aNamespaceWithoutARuleLetsOutNothingOnceThereIsOneInTheWorld() {
        assertThat(SHOP.egress("stock", "api", "api.psp.example", 443))
                .hasToString("refuse api.stock to api.psp.example:443: no egress rule of stock names this host");
        assertThat(SHOP.egress("bank", "core", "ledger.example", 443).isAllowed())
                .isTrue();
        assertThat(SHOP.egress("bank", "core", "api.psp.example", 443).isAllowed())
                .isFalse();
    }

    @Test
    void withoutAnyRuleEverythingLeavesButMailAndAddresses() {
        Evaluator open = world();

        assertThat(open.egress("shop", "payments", "anything.example", 1234).reason())
                .isEqualTo(EgressReason.OPEN);
        assertThat(open.egress("shop", "payments", "anything.example", 1234).privateAddresses())
                .isFalse();
        assertThat(open.egress("shop", "payments", "mail.example", 25).reason()).isEqualTo(EgressReason.MAIL);
        assertThat(open.egress("shop", "payments", "169.254.169.254", 80).reason())
                .isEqualTo(EgressReason.NO_NAME);
    }

    @Test
    void aDecisionTellsWhichRuleSaidSoAndWhichDoNotCount() {
        assertThat(SHOP.egress("shop", "billing", "api.psp.example", 443).render())
                .isEqualTo("""
                        billing.shop to api.psp.example:443
                          = refused, the egress rule of shop for api.psp.example is for other applications

                          egress   api.psp.example from shop, port 443, only for payments, refunds: refuses it  Shop.java:3
                          egress   *.psp.example from shop, port 443,8443, only for billing: does not count beside the narrower host  Shop.java:2
                          egress   *.example from shop, port 443: does not count beside the narrower host  Shop.java:1
                        """);
        assertThat(SHOP.egress("shop", "billing", "psp.example", 443).render()).isEqualTo("""
                        billing.shop to psp.example:443
                          = let out, the egress rule of shop for *.example lets it out

                          egress   *.example from shop, port 443: lets it out  Shop.java:1
                        """);
        assertThat(SHOP.egress("shop", "billing", "10.0.0.1", 443).render()).isEqualTo("""
                        billing.shop to 10.0.0.1:443
                          = refused, the host is not a name of two labels or more; addresses are never let out
                        """);
        assertThat(SHOP.egress("shop", "payments", "api.psp.example", 8443))
                .hasToString("refuse payments.shop to api.psp.example:8443:"
                        + " the egress rule of shop for api.psp.example does not name port 8443");
        assertThat(SHOP.egress("shop", "payments", "api.psp.example", 443))
                .hasToString("let out payments.shop to api.psp.example:443");
    }

    @Test
    void theWayOutChangesNothingAboutWhoMayCall() {
        EgressRule direct = rule(7, "shop", "api.psp.example", List.of(443), "payments");
        EgressRule through = new EgressRule(
                direct.namespace(),
                direct.host(),
                direct.ports(),
                direct.onlyFor(),
                false,
                EgressGateway.STANDARD,
                direct.origin());
        for (String application : List.of("payments", "web")) {
            for (String host : List.of("api.psp.example", "psp.example")) {
                for (int port : new int[] {80, 443}) {
                    assertThat(world(through).egress("shop", application, host, port))
                            .hasToString(world(direct)
                                    .egress("shop", application, host, port)
                                    .toString());
                }
            }
        }
        assertThat(world(through)
                        .egress("shop", "payments", "api.psp.example", 443)
                        .render())
                .contains("only for payments, through istio-egressgateway.istio-system: lets it out");
    }

    @Test
    void theRuleOfAWildcardIsTheOneForTheNamesBelow() {
        assertThat(SHOP.egressRule("shop", "*.psp.example")).isEqualTo(SHOP.egressRule("shop", "x.psp.example"));
        assertThat(SHOP.egressRule("shop", "*.api.psp.example").host()).isEqualTo("*.psp.example");
        assertThat(SHOP.egressRule("stock", "*.psp.example")).isNull();
    }
}
