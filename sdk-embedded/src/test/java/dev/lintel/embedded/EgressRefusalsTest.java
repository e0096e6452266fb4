package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.address;
import static dev.lintel.embedded.Outside.ask;
import static dev.lintel.embedded.Outside.connect;
import static dev.lintel.embedded.Outside.psp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.egress.Hellos;
import dev.lintel.traffic.egress.EgressHost;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not let out, and what the caller is told. */
class EgressRefusalsTest {
    private static final Definition STRICT =
            EgressHost.of(HOST).onlyFor("payments").inNamespace("shop").define();

    private static Raw.Answer refused(Outside outside, String application, String authority) {
        try (EgressProxy proxy = outside.proxy(application)) {
            Raw.Answer answer = ask(proxy, connect(authority));
            assertThat(proxy.stats().refused()).isEqualTo(1);
            assertThat(proxy.stats().destinations()).isEmpty();
            return answer;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payments.shop|evil.example:443|no egress rule of shop names this host",
                "payments.shop|psp.example:443|no egress rule of shop names this host",
                "payments.shop|x.api.psp.example:443|no egress rule of shop names this host",
                "payments.shop|api.psp.example:8443|the egress rule of shop for api.psp.example does not name port 8443",
                "payments.shop|api.psp.example:25|port 25 is never let out",
                "payments.shop|api.psp.example:0|0 is no port",
                "payments.shop|api.psp.example:99999|99999 is no port",
                "web.shop|api.psp.example:443|the egress rule of shop for api.psp.example is for other applications",
                "payments.bank|api.psp.example:443|no egress rule of bank names this host",
                "payments.shop|127.0.0.1:443|the host is not a name of two labels or more; addresses are never let out",
                "payments.shop|[::1]:443|the host is not a name of two labels or more; addresses are never let out",
                "payments.shop|0x7f.1:443|the host is not a name of two labels or more; addresses are never let out",
                "payments.shop|localhost:443|the host is not a name of two labels or more; addresses are never let out"
            })
    void whatNoRuleLetsOutIs502(String application, String authority, String why) {
        try (Outside outside = Outside.letting(STRICT)) {
            Raw.Answer answer = refused(outside, application, authority);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).isEqualTo(application + " may not call " + authority + ": " + why + "\n");
            assertThat(answer.header("proxy-status")).isEqualTo("lintel; error=http_request_denied");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(outside.lookups())
                    .as("names that are not let out are not looked up")
                    .isZero();
        }
    }

    @Test
    void aNamespaceWithoutARuleLetsOutNothingOnceThereIsOneInTheWorld() {
        Definition elsewhere = EgressHost.of(HOST).inNamespace("bank").define();
        try (Outside outside = Outside.letting(elsewhere)) {
            assertThat(refused(outside, "payments.shop", HOST + ":443").body())
                    .isEqualTo(
                            "payments.shop may not call api.psp.example:443: no egress rule of shop names this host\n");
        }
    }

    @Test
    void withoutAnyRuleNamesAreLetOutAndPrivateAddressesAreNot() {
        try (Outside outside = Outside.letting()) {
            assertThat(refused(outside, "payments.shop", "any.psp.example:8443").body())
                    .isEqualTo("the name any.psp.example points at a loopback address, which no egress rule allows for"
                            + " it\n");
            assertThat(refused(outside, "payments.shop", "any.psp.example:25").status())
                    .isEqualTo(502);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, a loopback address",
        "169.254.169.254, a link-local address",
        "10.1.2.3, a private address",
        "172.16.0.1, a private address",
        "192.168.1.1, a private address",
        "100.64.0.1, a shared address",
        "0.0.0.0, the unspecified address",
        "224.0.0.1, a multicast address",
        "255.255.255.255, a reserved address",
        "::1, a loopback address",
        "fe80::1, a link-local address",
        "fd00:ec2::254, a private address",
        "64:ff9b::a9fe:a9fe, a link-local address",
        "2002:7f00:1::, a loopback address"
    })
    void aNameThatPointsInsideIsRefused(String inside, String kind) throws Exception {
        InetAddress address = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(inside));
        try (Outside outside = Outside.letting(STRICT)) {
            outside.name(HOST, address(93, 184, 216, 34), address);
            Raw.Answer answer = refused(outside, "payments.shop", HOST + ":443");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body())
                    .isEqualTo("the name api.psp.example points at " + kind + ", which no egress rule allows for it\n");
            assertThat(answer.header("proxy-status")).isEqualTo("lintel; error=destination_ip_prohibited");
        }
    }

    @Test
    void aRuleThatAllowsPrivateAddressesAllowsNoMulticast() {
        try (Outside outside = Outside.letting(psp(443))) {
            outside.name(HOST, address(224, 0, 0, 1));
            assertThat(refused(outside, "payments.shop", HOST + ":443").body())
                    .isEqualTo("the name api.psp.example points at a multicast address, which no egress rule allows for"
                            + " it\n");
        }
    }

    @Test
    void aNameIsLookedUpOnceAndTheAddressThatWasCheckedIsCalled() throws Exception {
        try (FarHost host = FarHost.echo();
                FarHost other = FarHost.at(address(127, 0, 0, 2), host.port(), socket -> {});
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.gateway()
                        .egress(
                                "payments.shop",
                                settings -> settings.resolver(name -> {
                                    // The first answer is checked; a second one would lead elsewhere.
                                    InetAddress last = address(127, 0, 0, outside.lookups() + 1);
                                    outside.countLookup();
                                    return List.of(last);
                                }));
                Raw raw = Outside.tunnel(proxy, HOST + ":" + host.port())) {
            byte[] hello = Hellos.jdk(HOST);
            raw.send(hello);

            assertThat(raw.socket().getInputStream().readNBytes(hello.length)).isEqualTo(hello);
            assertThat(outside.lookups()).isEqualTo(1);
            assertThat(host.connections()).isEqualTo(1);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsPassedOver() {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments()) {
            outside.name(HOST, address(127, 0, 0, 9), InetAddress.getLoopbackAddress());

            Outside.tunnel(proxy, HOST + ":" + host.port()).close();
            Until.holds(() -> host.connections() == 1);
            assertThat(proxy.stats().failed()).isZero();
        }
    }

    @Test
    void whatIsLetOutAndDoesNotGetThroughSaysWhy() {
        Definition any = EgressHost.of("*.example.net").inNamespace("shop").define();
        FarHost gone = FarHost.echo();
        gone.close();
        try (Outside outside = Outside.letting(psp(gone.port()), any);
                EgressProxy proxy = outside.payments()) {
            Raw.Answer unknown = ask(proxy, connect("nobody.example.net:443"));
            Raw.Answer refused = ask(proxy, connect(HOST + ":" + gone.port()));

            assertThat(unknown.status() + " " + unknown.body()).isEqualTo("502 the host's name is not known\n");
            assertThat(unknown.header("proxy-status")).isEqualTo("lintel; error=dns_error");
            assertThat(refused.status() + " " + refused.body()).isEqualTo("502 the host cannot be reached\n");
            assertThat(refused.header("proxy-status")).isEqualTo("lintel; error=connection_refused");
            assertThat(proxy.stats().failed()).isEqualTo(2);
            assertThat(proxy.stats().refused()).isZero();
        }
    }

    @Test
    void thePlanSaysHowHardTheGuaranteeIs() {
        try (Gateway gateway = Gateway.start()) {
            Plan plan = gateway.plan(STRICT);

            assertThat(plan.deviations())
                    .containsExactly(new Deviation(
                            "embedded.egress",
                            "what may leave is held by a proxy, gateway.egress(\"name.namespace\"), which can be bypassed"
                                    + " by whoever does not use it",
                            List.of("api.psp.example from shop")));
            assertThat(plan.render()).contains("    payments in shop may still call api.psp.example:443  (");
            assertThat(gateway.plan().deviations()).isEmpty();
        }
    }

    @Test
    void aGatewayToLeaveByIsTheProxyItself() {
        Definition definition = EgressHost.of("api.psp.example")
                .inNamespace("shop")
                .throughGateway()
                .define();
        try (Gateway gateway = Gateway.start()) {
            Plan plan = gateway.plan(definition);

            assertThat(plan.problems()).isEmpty();
            assertThat(plan.deviations())
                    .extracting(Deviation::code)
                    .containsExactly("embedded.egress", "embedded.egress-gateway");
            assertThat(plan.render())
                    .contains("calls of shop to api.psp.example leave through istio-egressgateway.istio-system only")
                    .contains("the same proxy is the only way out for every host");
        }
    }

    @Test
    void anApplicationHasANameAndANamespace() {
        Gateway gateway = Gateway.start();
        assertThatThrownBy(() -> gateway.egress("payments"))
                .hasMessage(
                        "an application is named 'name.namespace', for example 'payments.shop', but was 'payments'");
        assertThatThrownBy(() -> gateway.egress("Payments.shop"))
                .hasMessageStartingWith("an application must be a DNS label");
        gateway.close();
        assertThatThrownBy(() -> gateway.egress("payments.shop")).hasMessage(gateway + " is closed");
    }
}
