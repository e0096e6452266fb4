package dev.lintel.core.explain;

import static dev.lintel.core.explain.Asked.get;
import static dev.lintel.core.explain.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import org.junit.jupiter.api.Test;

class ExplainedTest {
    private static Shop shop() {
        return new Shop()
                .scope("POST /pay", "pay.write", 12)
                .scope("/pay", "pay.read", 13)
                .rule("/debug", Requirement.DENIED, 14)
                .callers("/pay", 15, "frontend.shop", "jobs")
                .isolated("shop", 7, "jobs");
    }

    @Test
    void whoMayCallIsToldWhatWouldStopIt() {
        assertThat(shop().explain(get("/pay").from("frontend.shop").as("alice")).render())
                .isEqualTo("""
                        GET pay.shop/pay from frontend.shop as alice
                          = forward to pay.shop /pay

                          path     /pay is in normal form
                          host     pay.shop is pay.shop, from inside: no entry policies   Pay.java:1
                          caller   /pay is for only *.jobs, frontend.shop: frontend.shop  Pay.java:15
                          split    none, any workload of the service will do

                          decided by Pay.java:15

                          it would be refused
                          - without a certificate: refuse with 403 ISOLATED: a caller without a certificate is not allowed into 'shop'  Shop.java:7
                          - from another workload of 'shop': refuse with 403 CALLER: somebody-else.shop is not among those who may call this  Pay.java:15
                          - from another namespace that nobody named: refuse with 403 ISOLATED: somebody-else.elsewhere is not allowed into 'shop'  Shop.java:7
                        """);
    }

    @Test
    void whoLacksSeveralThingsIsToldAllOfThem() {
        assertThat(shop().explain(post("/pay")).render()).isEqualTo("""
                POST pay.shop.localhost/pay
                  = refuse with 401 NO_TOKEN: a token is needed
                    WWW-Authenticate: Bearer

                  path     /pay is in normal form
                  host     pay.shop.localhost is pay.shop            Pay.java:1
                  token    none was presented
                  access   POST /pay needs scope pay.write: refused  Pay.java:12

                  decided by Pay.java:12

                  it would pass
                  - with a token from https://id.example, for the audience pay, with scope pay.write, and from any workload of 'jobs': forward to pay.shop /pay
                """);
    }

    @Test
    void whoIsRefusedAtABoundaryIsToldWhoMayAndWhatWouldHaveToBeSaid() {
        assertThat(shop().explain(get("/pay").from("web.front")).alternatives())
                .extracting(Alternative::toString)
                .containsExactly(
                        "from any workload of 'jobs': forward to pay.shop /pay",
                        "if the boundary allowed it: allowFrom(\"web.front\")  Shop.java:7");
    }

    @Test
    void oneCallerIsNamedWhoGetsPastAllThatAsksForCallers() {
        Shop shop = new Shop()
                .callers("/a", 12, "agent.web")
                .callers("/b", 13, "zebra.web", "frontend.other")
                .isolated("shop", 7, "web");

        assertThat(shop.explain(get("/b").from("stranger.far")).alternatives())
                .extracting(Alternative::toString)
                .containsExactly(
                        "from zebra.web: forward to pay.shop /b",
                        "if the boundary allowed it: allowFrom(\"stranger.far\")  Shop.java:7");
    }

    @Test
    void whereNoCallerGetsPastOnlyTheDefinitionIsNamed() {
        Shop shop = new Shop().callers("/pay", 12, "frontend.other").isolated("shop", 7, "web");

        assertThat(shop.explain(get("/pay").from("stranger.far")).alternatives())
                .extracting(Alternative::toString)
                .containsExactly("if the boundary allowed it: allowFrom(\"stranger.far\")  Shop.java:7");
    }

    @Test
    void whoAsksForWhatNobodyMayIsToldThatOnlyTheDefinitionCanChangeIt() {
        assertThat(shop().explain(get("/debug").as("alice")).alternatives())
                .extracting(Alternative::toString)
                .containsExactly("if the access policy did not deny it to everybody  Pay.java:14");
        assertThat(shop().explain(get("/else").as("alice")).alternatives())
                .extracting(Alternative::change)
                .containsExactly("if the access policy spoke about GET /else");
    }

    @Test
    void aTokenThatLacksAScopeKeepsWhatItHas() {
        Shop shop = new Shop().scope("/pay", "pay.read", 12);
        assertThat(shop.explain(get("/pay").as("alice").scopes("other")).alternatives())
                .extracting(Alternative::toString)
                .containsExactly("with scope pay.read: forward to pay.shop /pay");
        assertThat(shop.explain(get("/pay").as("alice").scopes("pay.read", "other"))
                        .alternatives())
                .extracting(Alternative::change)
                .containsExactly("without the token", "without scope pay.read");
    }

    @Test
    void wherePeopleLogInItIsASessionThatIsMissing() {
        Shop shop = new Shop().login(9).group("/pay", "tellers", 12);
        Explained asked = shop.explain(get("/pay").header("Sec-Fetch-Mode", "navigate"));
        assertThat(asked.explanation().decision()).hasToString("log in first");
        assertThat(asked.alternatives())
                .extracting(Alternative::toString)
                .containsExactly(
                        "with a session at https://id.example, with claim groups=tellers: forward to pay.shop /pay");
        assertThat(shop.explain(get("/pay").as("alice").claim("groups", "tellers"))
                        .alternatives())
                .extracting(Alternative::change)
                .containsExactly("without a session", "without claim groups");
    }

    @Test
    void anExternalAuthorizerIsTakenToAllowItAndNamed() {
        Explained asked = new Shop().opa(21).explain(get("/pay"));
        assertThat(asked.render())
                .contains(
                        "verdict  OPA envoy/authz/allow at http://127.0.0.1:8181: would be asked; taken as allowed here")
                .contains("- if the external authorizer said no: refuse with 403 UNAUTHORIZED:"
                        + " the external authorizer refused it  Pay.java:21");
    }

    @Test
    void whatEverybodyMayCallHangsOnNothing() {
        assertThat(new Shop().explain(get("/pay")).render()).endsWith("""
                          it would be refused
                          - by nothing that a request can carry
                        """.indent(0));
    }

    @Test
    void anApiMustBeNamedWhereThereAreNoneOrSeveral() {
        MeshModel empty = MeshModel.EMPTY;
        assertThatThrownBy(() -> Explained.of(Evaluator.of(empty), get("/pay"), Draw.RANDOM))
                .hasMessage("say which API is called, to(\"…\"); exposed are: none");
        Shop shop = shop();
        assertThatThrownBy(() -> shop.explain(get("/pay").to("orders.shop")))
                .hasMessage("no API 'orders.shop' is exposed; exposed are: pay.shop");
    }

    @Test
    void anApiIsCalledByTheNameThatIsSaid() {
        Explained inside = shop().explain(get("/pay").at("pay.shop.svc:8080").from("frontend.shop"));

        assertThat(inside.render())
                .startsWith("GET pay.shop.svc:8080/pay from frontend.shop\n  = forward to pay.shop /pay\n");
        assertThat(shop().explain(get("/pay").at("stock.shop.localhost"))
                        .explanation()
                        .decision())
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
        assertThat(get("/pay").at("pay.shop.svc").from("frontend.shop"))
                .hasToString("GET /pay at pay.shop.svc from frontend.shop");
    }

    @Test
    void aQuestionIsReadableAndKeepsSecrets() {
        assertThat(get("/pay?token=s3cret")
                        .to("pay.shop")
                        .from("frontend.shop")
                        .byHost()
                        .as("alice")
                        .scopes("pay.read")
                        .claim("groups", "a", "b")
                        .header("Authorization", "s3cret"))
                .hasToString("GET /pay?[redacted] to pay.shop from frontend.shop by the host as alice with pay.read"
                        + " with groups=a|b with headers [authorization]");
        assertThatThrownBy(() -> get("pay")).hasMessage("a path must begin with '/', but was 'pay'");
        assertThatThrownBy(() -> get("/pay").from("frontend"))
                .hasMessage("a workload is named 'name.namespace', for example 'frontend.shop', but was 'frontend'");
    }
}
