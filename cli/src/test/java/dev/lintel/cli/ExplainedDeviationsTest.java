package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explanation by what a world holds says where that world answers otherwise than the decision. */
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
            "  this world answers otherwise where: istio.callers-who-enter: a listed workload that enters by the host is"
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
                .contains(OTHERWISE);
    }

    @Test
    void whatConcernsAnotherApiOnlyOrIsSaidByDefinitionsIsNot() {
        Session session = applied();

        assertThat(explained(session, "GET http://web.shop.example.com/").out())
                .contains("= forward to web.shop")
                .doesNotContain("istio.callers-who-enter");
        Session.Ran both = explained(session, "-f stock.yaml --from orders.shop GET http://stock.shop.example.com/");
        assertThat(both.out().split("istio.callers-who-enter", -1)).hasSize(2);
        assertThat(both.out().indexOf("istio.callers-who-enter"))
                .isGreaterThan(both.out().indexOf("by istio in "));
    }
}
