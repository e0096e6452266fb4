package dev.lintel.examples.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A protected graph of two services, from the definition to what the services were asked. */
class ProtectedGraphTest {
    private static final String REFUND = "mutation { refund(input: {order: \"7\"}) { order } }";

    private Town town;

    @BeforeEach
    void start() throws Exception {
        town = new Town();
    }

    @AfterEach
    void stop() {
        town.close();
    }

    @Test
    void bothServicesAnswerOneQuery() throws Exception {
        town.apply(town.graph());

        HttpResponse<String> answer = town.ask(
                "{ product(id: \"1\") { name } billingBill(id: \"7\") { cents } }",
                "authorization",
                bearer("orders.read"));

        assertThat(answer.body())
                .isEqualTo(
                        "{\"data\":{\"product\":{\"name\":\"chair\"},\"billingBill\":{\"cents\":9007199254740993}}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(town.catalog).extracting(Object::toString).containsExactly("GET catalog-rest.shop/products/1");
        assertThat(town.bills).extracting(bill -> bill.get("target")).containsExactly("/bills/7");
    }

    @Test
    void aRefundNeedsItsScopesAndNothingIsSentWithoutThem() throws Exception {
        town.apply(town.graph());

        HttpResponse<String> nobody = town.ask(REFUND);
        HttpResponse<String> reader = town.ask(REFUND, "authorization", bearer("orders.read"));
        HttpResponse<String> admin = town.ask(REFUND, "authorization", bearer("orders.admin"));

        assertThat(nobody.body()).contains("\"code\":\"UNAUTHENTICATED\"").doesNotContain("\"order\"");
        assertThat(reader.body()).contains("\"code\":\"FORBIDDEN\"");
        assertThat(admin.body()).contains("\"code\":\"FORBIDDEN\"");
        assertThat(town.catalog).isEmpty();

        HttpResponse<String> both = town.ask(REFUND, "authorization", bearer("orders.admin", "catalog.write"));

        assertThat(both.body()).isEqualTo("{\"data\":{\"refund\":{\"order\":\"7\"}}}");
        assertThat(town.catalog).extracting(Object::toString).containsExactly("POST catalog-rest.shop/refunds");
    }

    @Test
    void queriesThatAskForTooMuchAreRefusedBeforeAnythingIsSent() throws Exception {
        town.apply(town.graph().maxDepth(3).maxCost(2));

        HttpResponse<String> deep = town.ask("{ product(id: \"1\") { parts { parts { parts { name } } } } }");
        HttpResponse<String> wide =
                town.ask("{ a: product(id: \"1\") { id } b: product(id: \"2\") { id } c: product(id: \"3\") { id } }");

        assertThat(deep.statusCode()).isEqualTo(400);
        assertThat(deep.body()).contains("errors").doesNotContain("\"data\"");
        assertThat(wide.statusCode()).isEqualTo(400);
        assertThat(wide.body()).contains("errors").doesNotContain("\"data\"");
        assertThat(town.catalog).isEmpty();
    }

    @Test
    void aServiceGetsTheTokenThatIsMeantForIt() throws Exception {
        town.apply(town.graph());
        String alice = bearer("orders.read");

        HttpResponse<String> first = town.ask("{ billingBill(id: \"7\") { id } }", "authorization", alice);
        HttpResponse<String> second = town.ask("{ billingBill(id: \"8\") { id } }", "authorization", alice);

        assertThat(first.body()).isEqualTo(second.body()).isEqualTo("{\"data\":{\"billingBill\":{\"id\":\"7\"}}}");
        for (Map<String, String> bill : town.bills) {
            String sent = bill.get("authorization");
            assertThat(sent).startsWith("Bearer ").isNotEqualTo(alice);
            SignedJWT token = SignedJWT.parse(sent.substring("Bearer ".length()));
            assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
            assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("bills");
        }
        assertThat(town.bills).hasSize(2);
        assertThat(town.id.tokenRequests()).isEqualTo(1);
    }

    @Test
    void onlyHeadersThatTheDocumentNamesAreSentOn() throws Exception {
        town.apply(town.graph());

        HttpResponse<String> answer = town.ask(
                "{ billingBill(id: \"7\") { id } product(id: \"1\") { id } }",
                "authorization",
                bearer("orders.read"),
                "x-shop-key",
                "canary-key",
                "x-other",
                "canary-other");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(town.bills.peek()).containsEntry("x-shop-key", "canary-key").containsEntry("x-other", "null");
        assertThat(town.catalog.peek().headers()).doesNotContainKeys("x-other", "x-shop-key");
    }

    @Test
    void onlyTheGraphIsServed() throws Exception {
        town.apply(town.graph());

        assertThat(town.get("/products/1").statusCode()).isEqualTo(404);
        assertThat(town.get("/").statusCode()).isEqualTo(404);
        assertThat(town.catalog).isEmpty();
    }

    @Test
    void aChangedDefinitionIsServedFromThenOn() throws Exception {
        town.apply(town.graph());
        String all = bearer("orders.admin", "catalog.write");

        town.apply(town.graph().field("Query.product").denied());
        HttpResponse<String> now = town.ask("{ product(id: \"1\") { id } }", "authorization", all);

        assertThat(now.body()).contains("\"code\":\"FORBIDDEN\"");
        assertThat(town.catalog).isEmpty();
        assertThat(town.gateway.plan(town.graph().define()).toString())
                .contains("catalog.shop: Query.product: public (was: denied)");
    }

    @Test
    void whatIsSecretIsPrintedNowhere() throws Exception {
        town.apply(town.graph());
        String token = bearer("orders.read");

        HttpResponse<String> answer = town.ask(
                "{ billingBill(id: \"canary-argument\") { id } }", "authorization", token, "x-shop-key", "canary-key");

        String told = answer
                + town.gateway.journal().requests().toString()
                + town.gateway.stats()
                + town.gateway.plan(town.graph().define());
        assertThat(told).doesNotContain("canary").doesNotContain(token.substring(7));
    }

    private String bearer(String... scopes) {
        return "Bearer " + town.id.issue("alice", "catalog", scopes);
    }
}
