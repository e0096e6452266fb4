package dev.lintel.mesh.property;

import static dev.lintel.mesh.property.Ways.way;
import static dev.lintel.mesh.property.Ways.world;
import static dev.lintel.mesh.property.Ways.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.property.OrderPropertyTest.Ends;
import dev.lintel.mesh.steps.Gap;
import dev.lintel.mesh.steps.Gap.Effect;
import dev.lintel.mesh.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service elsewhere that becomes another one: nothing meant for one address is sent to the other. */
class FarWaysTest {
    private static final World ISTIO = world("istio");
    private static final List<String> HOSTS =
            List.of("billing.shop", "billing.shop.example.com", "billing.shop.svc.cluster.local");

    /** By the order of kinds alone, what was for TLS went to the old address in the clear. */
    @Test
    void nothingGoesInTheClearToAnAddressThatTakesTls() {
        String before = far("https://old.example", "");
        String after = far("http://new.example:8080", "");

        assertThat(way(ISTIO, before, after))
                .containsExactly(
                        "withdraw: delete ServiceEntry shop/billing",
                        "prepare: DestinationRule shop/billing",
                        "lead: VirtualService shop/billing-mesh, VirtualService shop/billing-entry",
                        "clear: ServiceEntry shop/billing");
        assertThat(gaps(before, after)).singleElement().satisfies(gap -> {
            assertThat(gap.effect()).isEqualTo(Effect.REFUSED);
            assertThat(gap.names()).containsExactlyInAnyOrderElementsOf(HOSTS);
            assertThat(gap.problem().message())
                    .endsWith("are refused for a moment: the service elsewhere goes before it is connected to or called"
                            + " otherwise, and comes when routes lead there");
        });
    }

    @Test
    void anAddressIsNotCalledByTheNameOfAnother() {
        String tls = "    tls: {sni: psp.example, subjectAltNames: [psp.example]}\n    authority: ";

        assertThat(way(
                        ISTIO,
                        far("https://old.example", tls + "old.example\n"),
                        far("https://new.example", tls + "new.example\n")))
                .containsExactly(
                        "withdraw: delete ServiceEntry shop/billing",
                        "lead: VirtualService shop/billing-mesh, VirtualService shop/billing-entry",
                        "clear: ServiceEntry shop/billing");
    }

    @Test
    void anAddressAloneIsOneWrite() {
        String same = "    tls: {sni: psp.example, subjectAltNames: [psp.example]}\n    authority: psp.example\n";
        String before = far("https://old.example", same);
        String after = far("https://new.example", same);

        assertThat(way(ISTIO, before, after)).containsExactly("prepare: ServiceEntry shop/billing");
        assertThat(gaps(before, after)).isEmpty();
    }

    @Test
    void otherNamesOfOneAddressAreTold() {
        String tls = "    tls: {sni: %1$s, subjectAltNames: [%1$s]}\n    authority: %1$s\n";
        String before = far("https://old.example", tls.formatted("one.example"));
        String after = far("https://old.example", tls.formatted("two.example"));

        assertThat(way(ISTIO, before, after))
                .containsExactly(
                        "prepare: DestinationRule shop/billing",
                        "lead: VirtualService shop/billing-mesh, VirtualService shop/billing-entry");
        assertThat(gaps(before, after)).extracting(Gap::effect).containsExactly(Effect.ELSEWHERE);
    }

    @Test
    void anAddressThatChangesWithItsRoutesIsTold() {
        String same = "    tls: {sni: psp.example, subjectAltNames: [psp.example]}\n    authority: psp.example\n";
        String before = far("https://old.example", same);
        String after = far("https://new.example", same + "  - kind: entry.host/v1\n    host: pay.shop.example.com\n");

        assertThat(way(ISTIO, before, after)).first().isEqualTo("prepare: ServiceEntry shop/billing");
        assertThat(gaps(before, after)).extracting(Gap::effect).containsExactly(Effect.ELSEWHERE);
    }

    /** Routes name the port, and an entry would have two of one name. */
    @Test
    void aPortThatChangesIsAnotherPlace() {
        List<Manifest> before = written(ISTIO, far("https://old.example", ""));
        String other = ManifestYaml.write(before).replace("number: 80\n", "number: 8080\n");
        List<Manifest> after = new ArrayList<>(ManifestYaml.read(other));
        after.replaceAll(each -> each.kind().equals("Gateway") ? before.get(before.size() - 1) : each);

        assertThat(way(ISTIO, new Ends(1, before, after)))
                .startsWith("withdraw: delete ServiceEntry shop/billing")
                .endsWith("clear: ServiceEntry shop/billing");
    }

    @Test
    void aServiceThatMovesInOrOutIsNotCalledAsItWasWhereItWas() {
        String inside = "kind: Api/v1\nservice: billing\nnamespace: shop\n";
        String outside = far("https://old.example", "");

        assertThat(way(ISTIO, outside, inside)).first().isEqualTo("withdraw: delete ServiceEntry shop/billing");
        assertThat(way(ISTIO, inside, outside)).last().isEqualTo("clear: ServiceEntry shop/billing");
        assertThat(gaps(outside, inside)).extracting(Gap::effect).containsExactly(Effect.REFUSED, Effect.ELSEWHERE);
        assertThat(gaps(inside, outside)).extracting(Gap::effect).containsExactly(Effect.REFUSED, Effect.ELSEWHERE);
    }

    @Test
    void whatIsNewOrGoesIsNotHeldBack() {
        List<Manifest> there = written(ISTIO, far("https://old.example", ""));

        for (Steps steps : List.of(Steps.between(List.of(), there), Steps.between(there, List.of()))) {
            assertThat(steps.gaps()).isEmpty();
            assertThat(steps.steps()).noneMatch(step -> step.why().equals("withdraw"));
        }
    }

    /** What leaves is let out by the ports of both meanwhile; it is nobody's service. */
    @Test
    void aHostOutsideIsNotHeldBack() {
        String before = "kind: Egress/v1\nhost: psp.example\nnamespace: shop\nports: [80, 443]\ngateway: out.edge\n";

        String after = before.replace("80, 443", "80, 8443");

        assertThat(way(world("istio egress"), before, after))
                .contains(
                        "prepare: ServiceEntry edge/egress-psp.example", "clear: ServiceEntry edge/egress-psp.example")
                .noneMatch(step -> step.startsWith("withdraw"));
        assertThat(Steps.between(written(world("istio egress"), before), written(world("istio egress"), after))
                        .gaps())
                .isEmpty();
    }

    private static List<Gap> gaps(String before, String after) {
        return Steps.between(written(ISTIO, before), written(ISTIO, after)).gaps();
    }

    private static String far(String address, String more) {
        return """
                kind: Api/v1
                service: billing
                namespace: shop
                policies:
                  - kind: traffic.served-by/v1
                    place: external
                    address: %s
                """.formatted(address) + more;
    }
}
