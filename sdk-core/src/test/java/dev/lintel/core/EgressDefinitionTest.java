package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressDefinitionTest {
    private static EgressDefinition egress(String host, List<Integer> ports, List<String> onlyFor) {
        return new EgressDefinition(host, "shop", ports, onlyFor, false, Origin.unknown());
    }

    private static EgressDefinition egress(String host) {
        return egress(host, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "api.psp.example, api.psp.example",
        "API.Psp.Example, api.psp.example",
        "*.psp.example, *.psp.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "1.example, 1.example",
        "1.2.3.a, 1.2.3.a"
    })
    void aHostIsANameOrAllNamesBelowOne(String host, String kept) {
        assertThat(egress(host).host()).isEqualTo(kept);
    }

    @Test
    void portsAndApplicationsAreSortedAndSaidOnce() {
        EgressDefinition definition = egress("api.psp.example", List.of(8443, 443, 443), List.of("web", "api", "web"));

        assertThat(definition.ports()).containsExactly(443, 8443);
        assertThat(definition.onlyFor()).containsExactly("api", "web");
        assertThat(egress("api.psp.example").ports()).containsExactly(443);
        assertThat(definition).hasToString("api.psp.example from shop");
        assertThat(definition.id()).isEqualTo("api.psp.example from shop");
    }

    @ParameterizedTest
    @CsvSource({
        "*, have '*' as its whole first label only",
        "*.example, 'be DNS labels joined by dots, at least two and none of them ''*'''",
        "api.*.example, 'have ''*'' as its whole first label only, as in ''*.psp.example'''",
        "api*.psp.example, have '*' as its whole first label only",
        "*api.psp.example, have '*' as its whole first label only",
        "*.*.psp.example, have '*' as its whole first label only"
    })
    void aWildcardStandsInFrontAlone(String host, String what) {
        assertThatThrownBy(() -> egress(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what)
                .hasMessageEndingWith(", but was '" + host + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1", "0x7f.1", "1.2.3.0x", "::1", "[::1]", "[::1]:443", "fe80::1", "*.0.0.1"})
    void anAddressIsNoHost(String host) {
        assertThatThrownBy(() -> egress(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a host outside must be a name and not an address, but was '" + host + "'");
    }

    @Test
    void whatIsMoreThanAHostIsRefused() {
        assertThatThrownBy(() -> egress("api.psp.example:443"))
                .hasMessage("a host outside must be said without its port, which ports(…) says, but was"
                        + " 'api.psp.example:443'");
        assertThatThrownBy(() -> egress("https://api.psp.example/pay"))
                .hasMessage("a host outside must be a host alone, without scheme and path, but was"
                        + " 'https://api.psp.example/pay'");
        assertThatThrownBy(() -> egress("*.psp.exam*ple"))
                .hasMessage("a host outside may have '*' as its whole first label only, as in '*.psp.example', but was"
                        + " '*.psp.exam*ple'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "psp", "psp.", "api.psp.example.", "a..b", "-a.example", "a_b.example", "me@psp.example"
            })
    void whatIsNoNameIsRefused(String host) {
        assertThatThrownBy(() -> egress(host))
                .hasMessage("a host outside must be DNS labels joined by dots, at least two and none of them '*',"
                        + " but was '" + host + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bücher.example", "api.psp.exampLe\u212a", "api psp.example", "api.psp.example\n"})
    void aNameIsWrittenInAscii(String host) {
        assertThatThrownBy(() -> egress(host))
                .hasMessage("a host outside must be visible ASCII, a name in another script as its 'xn--' form,"
                        + " but was '" + host + "'");
    }

    @Test
    void aNameHasALength() {
        String longest = "a.".repeat(126) + "b";
        assertThat(egress(longest).host()).hasSize(253);
        assertThatThrownBy(() -> egress("a" + "." + longest))
                .hasMessage("a host outside must be at most 253 characters, but has 255");
        assertThatThrownBy(() -> egress("a".repeat(64) + ".example")).hasMessageContaining("DNS labels joined by dots");
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 0, -1, 65_536})
    void aPortIsOneThatMayBeCalled(int port) {
        assertThatThrownBy(() -> egress("api.psp.example", List.of(443, port), List.of()))
                .hasMessage("a port to call outside must be 1 to 65535 and not 25, which is for mail servers, but"
                        + " 'api.psp.example' was given " + port);
    }

    @Test
    void anApplicationIsALabel() {
        assertThatThrownBy(() -> egress("api.psp.example", List.of(), List.of("payments.shop")))
                .hasMessage("an application that may call outside must be a DNS label (lower-case letters, digits, '-',"
                        + " at most 63), but was 'payments.shop'");
        assertThatThrownBy(
                        () -> new EgressDefinition("a.example", "Shop", List.of(), List.of(), false, Origin.unknown()))
                .hasMessageStartingWith("a namespace must be a DNS label");
    }
}
