package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is explained is what is sent. */
class ExplainTest extends ServedShop {
    @Test
    void whatDoesNotDependOnAnswersIsWhatIsSent() {
        GraphRequest request = GraphRequest.of(
                "{ a: order(id: 2) { id } b: order(id: 2) { state } ping"
                        + " orders(page_size: 7, state: TRUE) { total } customers(ids: [\"c1\", \"a b\"]) { id } note @skip(if: true) }");

        GraphExplanation explained = engine.explain(request, GraphCaller.ANONYMOUS);
        assertThat(server.asked()).isEmpty();
        GraphAnswer unusedAnswer = engine.execute(request, GraphCaller.ANONYMOUS);

        List<String> sent = server.asked();
        assertThat(sent)
                .containsExactly(
                        "GET /customers?ids=c1,a%20b",
                        "GET /orders/2", "GET /orders?page-size=7&state=true", "GET /ping");
        assertThat(explained.calls())
                .map(call -> call.method() + " " + call.target())
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(explained.calls()).noneMatch(GraphExplanation.Call::depends);
    }

    @Test
    void whatDependsOnAnswersIsATemplate() {
        GraphCaller caller = new GraphCaller(
                true, new TreeSet<>(), new TreeMap<>(java.util.Map.of("authorization", "Bearer s3cret")));
        GraphExplanation explained =
                engine.explain(GraphRequest.of("{ orders { items { buyer { id } again: buyer { vip } } } }"), caller);

        assertThat(explained).hasToString("""
                orders: GET /orders [Accept, authorization]
                orders.items.buyer: GET /customers/{$response.body#/customer-id} [Accept, authorization] if an answer says so
                """);
        assertThat(caller).asString().doesNotContain("s3cret");
    }

    @Test
    void mutationsAreExplainedEachTime() {
        GraphExplanation explained = engine.explain(
                GraphRequest.of("mutation { a: removeOrder(id: 1) b: removeOrder(id: 1) }"), GraphCaller.ANONYMOUS);

        assertThat(explained.calls()).map(GraphExplanation.Call::target).containsExactly("/orders/1", "/orders/1");
    }

    @Test
    void whatIsRefusedSendsNothing() {
        GraphExplanation explained = engine.explain(GraphRequest.of("{ pong }"), GraphCaller.ANONYMOUS);

        assertThat(explained.calls()).isEmpty();
        assertThat(explained).hasToString(String.valueOf(explained.refusal()));
    }
}
