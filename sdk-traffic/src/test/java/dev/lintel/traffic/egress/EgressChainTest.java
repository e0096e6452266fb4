package dev.lintel.traffic.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.EgressDefinition;
import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class EgressChainTest {
    @Test
    void aHostAndANamespaceAreEnough() {
        EgressDefinition definition =
                EgressHost.of("API.psp.example").inNamespace("shop").define();

        assertThat(definition)
                .isEqualTo(new EgressDefinition(
                        "api.psp.example", "shop", List.of(443), List.of(), false, Origin.unknown()));
        assertThat(definition.origin().toString()).startsWith("EgressChainTest.java:");
    }

    @Test
    void applicationsMayBeSaidBeforeTheNamespaceAndAfterIt() {
        EgressDefinition before = EgressHost.of("*.psp.example")
                .onlyFor("payments")
                .inNamespace("shop")
                .ports(8443, 443)
                .allowPrivateAddresses()
                .define();
        EgressDefinition after = EgressHost.of("*.psp.example")
                .inNamespace("shop")
                .allowPrivateAddresses()
                .ports(443, 8443)
                .onlyFor("payments")
                .define();

        assertThat(before).isEqualTo(after);
        assertThat(after.onlyFor()).containsExactly("payments");
        assertThat(after.ports()).containsExactly(443, 8443);
        assertThat(after.privateAddresses()).isTrue();
    }

    @Test
    void theWayOutIsSaidAnywhereInTheChain() {
        Egress psp = EgressHost.of("api.psp.example").inNamespace("shop");
        EgressDefinition after = psp.onlyFor("payments")
                .ports(80)
                .allowPrivateAddresses()
                .throughGateway()
                .define();
        EgressDefinition before = psp.throughGateway("istio-egressgateway", "istio-system")
                .allowPrivateAddresses()
                .ports(80)
                .onlyFor("payments")
                .define();

        assertThat(before).isEqualTo(after);
        assertThat(after.gateway()).isEqualTo(EgressGateway.STANDARD).hasToString("istio-egressgateway.istio-system");
        assertThat(psp.define().gateway()).isNull();
    }

    @Test
    void aPrefixNeverChanges() {
        Egress psp = EgressHost.of("api.psp.example").inNamespace("shop");

        assertThat(psp.onlyFor("payments").define().onlyFor()).containsExactly("payments");
        assertThat(psp.ports(8443).define().ports()).containsExactly(8443);
        assertThat(psp.define().onlyFor()).isEmpty();
        assertThat(psp).hasToString("api.psp.example from shop");
        assertThat(EgressHost.of("api.psp.example")).hasToString("api.psp.example");
    }

    @Test
    void nothingIsSaidTwice() {
        Egress psp = EgressHost.of("api.psp.example").onlyFor("payments").inNamespace("shop");

        assertThatThrownBy(() -> psp.onlyFor("refunds"))
                .hasMessage("onlyFor is said twice for 'api.psp.example': say all applications at once, but was"
                        + " [payments] and [refunds]");
        assertThatThrownBy(() -> psp.ports(443).ports(8443))
                .hasMessage("ports is said twice for 'api.psp.example': say all ports at once, but was [443] and"
                        + " [8443]");
    }

    @Test
    void thereIsOneWayOut() {
        Egress psp = EgressHost.of("api.psp.example").inNamespace("shop").throughGateway();

        assertThatThrownBy(() -> psp.throughGateway("out", "edge"))
                .hasMessage("throughGateway is said twice for 'api.psp.example': there is one way out, but was"
                        + " istio-egressgateway.istio-system and out.edge");
        assertThatThrownBy(() -> psp.throughGateway("a.b", "edge"))
                .hasMessageStartingWith("an egress gateway must be a DNS label");
        assertThatThrownBy(() -> psp.throughGateway("out", ""))
                .hasMessageStartingWith("the namespace of an egress gateway must be a DNS label");
    }

    @Test
    void mistakesAreToldAtTheCall() {
        EgressHost psp = EgressHost.of("api.psp.example");
        assertThatThrownBy(() -> EgressHost.of("10.0.0.1"))
                .hasMessage("a host outside must be a name and not an address, but was '10.0.0.1'");
        assertThatThrownBy(() -> psp.onlyFor())
                .hasMessage("onlyFor needs at least one application; leave it out to let all of the namespace call"
                        + " 'api.psp.example'");
        assertThatThrownBy(() -> psp.onlyFor("Payments"))
                .hasMessage("an application that may call outside must be a DNS label (lower-case letters, digits, '-',"
                        + " at most 63), but was 'Payments'");
        assertThatThrownBy(() -> psp.inNamespace("shop").ports())
                .hasMessage("ports needs at least one port; leave it out to let 'api.psp.example' be called on 443");
        assertThatThrownBy(() -> psp.inNamespace("shop").ports(25))
                .hasMessage("a port to call outside must be 1 to 65535 and not 25, which is for mail servers, but"
                        + " 'api.psp.example' was given 25");
        assertThatThrownBy(() -> psp.inNamespace("a.b")).hasMessageStartingWith("a namespace must be a DNS label");
    }
}
