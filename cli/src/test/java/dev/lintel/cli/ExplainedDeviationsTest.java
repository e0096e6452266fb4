package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explanation says where a world answers this request otherwise than the decision, and not what it does to others. */
class ExplainedDeviationsTest {
    private static final String STOCK = """
            kind: Api/v1
            service: stock
            namespace: shop
            policies:
              - kind: auth.callers/v1
                workloads: [orders.shop]
            ---
            kind: Api/v1
            service: web
            namespace: shop
            """;
    private static final String OTHERWISE =
            "  istio answers otherwise where: istio.callers-who-enter: a listed workload that enters by the host is"
                    + " known as the gateway only, and refused like anybody who enters there\n";

    @TempDir
    Path folder;

    private Session applied() {
        Session session = new Session(folder).file("stock.yaml", STOCK);
        Session.Ran applied = session.run("apply -f stock.yaml --domain example.com -d out".split(" "));
        assertThat(applied.code()).as(applied.all()).isZero();
        return session;
    }

    private static Session.Ran explained(Session session, String line) {
        return session.run(("explain --domain example.com -d out " + line).split(" "));
    }

    @Test
    void aListedWorkloadThatEntersByTheHostIsToldOf() {
        Session session = applied();

        Session.Ran world = explained(session, "--from orders.shop GET http://stock.shop.example.com/");

        assertThat(world.code()).as(world.all()).isZero();
        assertThat(world.out()).contains("= forward to stock.shop", OTHERWISE);
        assertThat(explained(session, "-o json --from orders.shop GET http://stock.shop.example.com/")
                        .out())
                .contains("\"code\": \"istio.callers-who-enter\"");
        assertThat(explained(session, "--to stock.shop --from orders.shop GET /")
                        .out())
                .as("from inside a listed workload is known")
                .doesNotContain("istio.callers-who-enter");
    }

    @Test
    void whatConcernsAnotherApiOnlyIsNot() {
        Session session = applied();

        assertThat(explained(session, "GET http://web.shop.example.com/").out())
                .contains("= forward to web.shop")
                .doesNotContain("istio.callers-who-enter");
    }

    @Test
    void definitionsAreToldOfTheirDialectWithoutAWorldToo() {
        Session session = new Session(folder).file("orders.yaml", Samples.OPENED);
        String line = "explain -f orders.yaml --domain example.com ";

        assertThat(codes(session.run((line + "GET http://orders.shop.example.com/orders/7").split(" "))))
                .containsExactly("istio.no-token");
        assertThat(codes(session.run((line + "GET http://orders.shop.example.com/stock").split(" "))))
                .containsExactly("istio.unlisted-path");
        assertThat(codes(session.run((line + "GET http://orders.shop.example.com/../help").split(" "))))
                .containsExactly("istio.escapes");
        assertThat(codes(session.run((line + "GET http://orders.shop.example.com/help").split(" "))))
                .isEmpty();
    }

    /** As objects are read, what nobody has listed is refused by a rule of its own: the world answers so. */
    @Test
    void whatTheDecisionSaysAlreadyIsNotSaidAgain() {
        Session session = new Session(folder).file("orders.yaml", Samples.OPENED);
        assertThat(session.run("apply -f orders.yaml --domain example.com -d out".split(" "))
                        .code())
                .isZero();

        Session.Ran both = explained(session, "-f orders.yaml GET http://orders.shop.example.com/stock");

        assertThat(both.out()).contains("= refuse with 404 UNMATCHED", "= refuse with 403 DENIED");
        assertThat(codes(both)).containsExactly("istio.unlisted-path");
        assertThat(both.out().indexOf("istio.unlisted-path"))
                .isLessThan(both.out().indexOf("by directory "));
    }

    private static List<String> codes(Session.Ran ran) {
        String start = " answers otherwise where: ";
        return ran.out()
                .lines()
                .filter(line -> line.contains(start))
                .map(line -> line.substring(line.indexOf(start) + start.length()))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }
}
