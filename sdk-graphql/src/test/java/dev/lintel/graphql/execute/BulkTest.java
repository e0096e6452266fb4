package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several things are asked for at once where an operation can, and one by one where its answer cannot be trusted. */
class BulkTest extends ServedShop {
    private static final BulkRule RULE = new BulkRule("GET /customers/{id}", "GET /customers", "ids", "id", 50);
    private static final String QUERY = "{ orders { items { buyer { id full_name } } } }";
    private static final String BOTH =
            "{\"data\":{\"orders\":{\"items\":[{\"buyer\":{\"id\":\"c1\",\"full_name\":\"Name of c1\"}},"
                    + "{\"buyer\":{\"id\":\"c2\",\"full_name\":\"Name of c2\"}},{\"buyer\":null}]}}}";

    @BeforeEach
    void bulk() {
        engine = engine.bulk(RULE);
    }

    @Test
    void aListAsksForAllThatItLeadsToAtOnce() {
        assertThat(answer(QUERY)).isEqualTo(BOTH);
        assertThat(server.asked()).containsExactly("GET /customers?ids=c1,c2", "GET /orders");
    }

    @Test
    void aSingleThingIsAskedForByItself() {
        assertThat(answer("{ order(id: 2) { buyer { id } } }")).contains("\"c2\"");
        assertThat(server.asked()).containsExactly("GET /customers/c2", "GET /orders/2");
    }

    @Test
    void whatIsMissingIsAskedForByItself() {
        server.answering("GET /customers?ids=c1,c2", "[" + ShopServer.customer("c2") + "]");

        assertThat(answer(QUERY)).isEqualTo(BOTH);
        assertThat(server.asked()).containsExactly("GET /customers/c1", "GET /customers?ids=c1,c2", "GET /orders");
    }

    @Test
    void anAnswerThatDoesNotFitIsNotUsed() {
        String twice = "[" + ShopServer.customer("c1") + "," + ShopServer.customer("c1") + "]";
        String strange = "[" + ShopServer.customer("c1") + "," + ShopServer.customer("c9") + "]";
        for (String wrong : new String[] {twice, strange, "{}", "[1]", "not JSON"}) {
            server.answering("GET /customers?ids=c1,c2", wrong);

            assertThat(answer(QUERY)).isEqualTo(BOTH);
            assertThat(server.asked())
                    .containsExactly(
                            "GET /customers/c1", "GET /customers/c2", "GET /customers?ids=c1,c2", "GET /orders");
        }
    }

    @Test
    void bothWaysAreExplained() {
        assertThat(engine.explain(GraphRequest.of(QUERY), GraphCaller.ANONYMOUS).calls())
                .map(GraphExplanation.Call::target)
                .containsExactly(
                        "/orders",
                        "/customers?ids={$response.body#/customer-id}",
                        "/customers/{$response.body#/customer-id}");
    }

    @Test
    void operationsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> engine.bulk(new BulkRule("GET /orders/{id}", "GET /customers", "ids", "id", 50)))
                .hasMessage("things of 'GET /orders/{id}' cannot be asked for together:"
                        + " 'GET /customers' must answer a list of what 'GET /orders/{id}' answers");
        assertThatThrownBy(() -> engine.bulk(new BulkRule("GET /customers/{id}", "GET /customers", "keys", "id", 50)))
                .hasMessage("things of 'GET /customers/{id}' cannot be asked for together:"
                        + " 'GET /customers' has no query parameter 'keys'");
        assertThatThrownBy(() -> engine.bulk(new BulkRule("GET /gone", "GET /customers", "ids", "id", 50)))
                .hasMessage("'GET /gone' is no operation that only reads: say method and path as the document does");
    }
}
