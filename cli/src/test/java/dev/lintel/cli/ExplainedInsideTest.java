package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is a name inside the mesh is called from inside, where policies of the entry do not govern. */
class ExplainedInsideTest {
    private static final String ORDERS = Samples.ORDERS + """
              - kind: auth.callers/v1
                workloads: [web.shop]
            """;

    @TempDir
    Path folder;

    private Session session;

    @BeforeEach
    void applied() {
        session = new Session(folder).file("orders.yaml", ORDERS);
        Session.Ran applied = run("apply -f orders.yaml -d out");
        assertThat(applied.code()).as(applied.all()).isZero();
    }

    private Session.Ran run(String line) {
        return session.run((line + " --domain example.com").split(" "));
    }

    @Test
    void eachNameOfAServiceIsAnsweredAsACallFromInside() {
        for (String host : new String[] {
            "orders.shop", "orders.shop.svc", "orders.shop.svc.cluster.local", "orders.shop.svc.cluster.local:80"
        }) {
            for (String by : new String[] {"-f orders.yaml", "-d out"}) {
                Session.Ran listed = run("explain " + by + " --from web.shop GET http://" + host + "/orders/7?token=x");
                Session.Ran other = run("explain " + by + " --from far.away GET http://" + host + "/orders/7");

                assertThat(listed.code()).as(listed.all()).isZero();
                assertThat(listed.out())
                        .startsWith("GET " + host
                                + "/orders/7?[redacted] from web.shop\n  = forward to orders.shop /orders/7\n");
                assertThat(other.out())
                        .startsWith(
                                "GET " + host + "/orders/7 from far.away\n  = refuse with 403 CALLER: far.away is not");
            }
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNoEmptyWorld() {
        Session.Ran ran = run("explain -d outt GET http://orders.shop.example.com/orders/7");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.all()).contains("there is no directory 'outt'");
    }

    @Test
    void anExposedHostIsEnteredWhoeverCalls() {
        assertThat(run("explain -f orders.yaml --from web.shop GET http://orders.shop.example.com/orders/7")
                        .out())
                .startsWith(
                        "GET orders.shop.example.com/orders/7 from web.shop by the host\n  = refuse with 401 NO_TOKEN");
    }

    @Test
    void aHostOfNobodyIsAskedAboutWithTheCaller() {
        assertThat(run("explain -f orders.yaml --from web.shop --subject alice GET http://stock.shop/orders/7")
                        .out())
                .startsWith("GET stock.shop/orders/7 from web.shop as alice\n  = refuse with 404 UNKNOWN_HOST");
    }

    /** Of others' routes nothing is read, so that a host which they are for is not one of nobody. */
    @Test
    void aHostForWhichOthersHaveRoutesIsNotCertainlyUnknown() {
        session.file("out/theirs.yaml", """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: other}
                spec: {hosts: ["*.other.example", web], gateways: [gw]}
                """);
        Session.Ran theirs = run("explain -d out GET http://a.other.example/");

        assertThat(theirs.code()).isEqualTo(1);
        assertThat(theirs.out())
                .startsWith("GET a.other.example/\n  = refuse with 404 UNKNOWN_HOST")
                .contains("""
                  not certain: this is as far as it can be read, and what follows may decide otherwise
                    explain.others VirtualService other/web: is not ours and has routes for '*.other.example': what becomes of \
                requests there is not read
                """.stripTrailing());
        assertThat(run("explain -d out GET http://other.example/").code()).isZero();
        assertThat(run("explain -f orders.yaml GET http://a.other.example/").code())
                .isZero();
    }

    @Test
    void aNameWithoutADotIsThatOfAServiceOfTheCallersNamespace() {
        Session.Ran near = run("explain -f orders.yaml --from web.shop GET http://orders/orders/7");
        Session.Ran far = run("explain -f orders.yaml --from web.other GET http://orders/orders/7");

        assertThat(near.code()).as(near.all()).isZero();
        assertThat(near.out())
                .startsWith("GET orders.shop/orders/7 from web.shop\n  = forward to orders.shop /orders/7\n");
        assertThat(far.code()).isEqualTo(1);
        assertThat(far.out())
                .contains("explain.unknown orders: is the name of a service in the cluster that no definition is"
                        + " about: what becomes of calls to it is not known");
    }

    @Test
    void anotherPortThanTheServiceHasIsNotCertain() {
        for (String url : new String[] {"http://orders.shop:8080/orders/7", "https://orders.shop/orders/7"}) {
            Session.Ran ran = run("explain -f orders.yaml --from web.shop GET " + url);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("explain.port orders.shop: is called at port "
                            + (url.startsWith("https") ? "443" : "8080") + ", and definitions know its port 80");
        }
    }

    @Test
    void aHostOutsideIsAskedOfTheRulesForWhatLeaves() {
        session.file("exit.yaml", "kind: Egress/v1\nhost: api.psp.example\nnamespace: shop\nonlyFor: [web]\n");
        String by = "explain -f orders.yaml -f exit.yaml --from ";

        Session.Ran let = run(by + "web.shop GET https://api.psp.example/pay?card=1");
        assertThat(let.code()).as(let.all()).isZero();
        assertThat(let.out())
                .startsWith(
                        "web.shop to api.psp.example:443\n  = let out, the egress rule of shop for api.psp.example lets it"
                                + " out\n");
        assertThat(run(by + "web.shop GET http://api.psp.example/").out())
                .contains("= refused, ")
                .contains("port 80");
        assertThat(run(by + "web.shop GET https://api.psp.example:8443/").out()).contains("port 8443");
        assertThat(run(by + "stock.shop GET https://api.psp.example/").out()).contains("is for other applications");
        assertThat(run(by + "web.shop GET https://other.example/").out())
                .contains("= refused, no egress rule of shop names this host");
        assertThat(run(by + "web.shop --output json GET https://api.psp.example/")
                        .out())
                .contains("\"outcome\": \"leave\"")
                .doesNotContain("\"status\"");
    }

    @Test
    void aCallFromInsideByNobodyIsAMistake() {
        Session.Ran nobody = run("explain -f orders.yaml GET http://orders.shop/orders/7");

        assertThat(nobody.code()).isEqualTo(64);
        assertThat(nobody.err())
                .startsWith("lintel: 'orders.shop' is a name inside the mesh: say by --from which workload calls\n");
    }
}
