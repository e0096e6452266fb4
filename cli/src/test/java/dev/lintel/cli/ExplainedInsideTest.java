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
            "orders.shop", "orders.shop.svc", "orders.shop.svc.cluster.local", "orders.shop.svc.cluster.local:8080"
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

    @Test
    void aCallFromInsideByNobodyIsAMistake() {
        Session.Ran nobody = run("explain -f orders.yaml GET http://orders.shop/orders/7");

        assertThat(nobody.code()).isEqualTo(64);
        assertThat(nobody.err())
                .startsWith("lintel: 'orders.shop' is a name inside the mesh: say by --from which workload calls\n");
    }
}
