package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GraphEngineTest extends ServedShop {
    @Test
    void aQueryAnswersWhatTheServiceAnswers() {
        assertThat(
                        answer(
                                "{ order(id: 9007199254740993) { id state price weight placed due gift lines notes more"
                                        + " labels { key value } payment { __typename ... on Card { last4 } ... on Transfer { iban } } } }"))
                .isEqualTo(
                        "{\"data\":{\"order\":{\"id\":9007199254740993,\"state\":\"on_hold\",\"price\":0.1000000000000000000001,"
                                + "\"weight\":1.5,\"placed\":\"2026-11-28T08:00:00Z\",\"due\":\"2026-12-01\",\"gift\":true,\"lines\":3,"
                                + "\"notes\":[\"a\",\"ä\\\"\\n\"],\"more\":{\"x\":[1,null,1E-30]},"
                                + "\"labels\":[{\"key\":\"b-c\",\"value\":\"1\"},{\"key\":\"a\",\"value\":\"2\"}],"
                                + "\"payment\":{\"__typename\":\"Card\",\"last4\":\"4242\"}}}}");
        assertThat(server.asked()).containsExactly("GET /orders/9007199254740993");
    }

    @Test
    void anAnswerWithoutContentIsTrue() {
        assertThat(answer("{ ping }")).isEqualTo("{\"data\":{\"ping\":true}}");
    }

    @Test
    void theSameRequestIsMadeOnce() {
        assertThat(answer("{ a: customer(id: \"c1\") { id } b: customer(id: \"c1\") { full_name } ...More }"
                        + " fragment More on Query { c: customer(id: \"c2\") { vip } }"))
                .isEqualTo(
                        "{\"data\":{\"a\":{\"id\":\"c1\"},\"b\":{\"full_name\":\"Name of c1\"},\"c\":{\"vip\":false}}}");
        assertThat(server.asked()).containsExactly("GET /customers/c1", "GET /customers/c2");
    }

    @Test
    void theSchemaAnswersForItself() {
        assertThat(answer("{ __typename __type(name: \"State\") { enumValues { name } } }"))
                .isEqualTo("{\"data\":{\"__typename\":\"Query\",\"__type\":{\"enumValues\":[{\"name\":\"new\"},"
                        + "{\"name\":\"on_hold\"},{\"name\":\"shipped\"},{\"name\":\"TRUE\"}]}}}");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void mutationsAreMadeOneAfterTheOther() {
        assertThat(answer(
                        "mutation($n: NewOrderInput!, $id: Long!) { removeOrder(id: $id) placeOrder(input: $n) { id }"
                                + " again: placeOrder(input: $n) { state } }",
                        Map.of(
                                "id",
                                "9007199254740993",
                                "n",
                                new TreeMap<>(Map.of(
                                        "customer_id", "c1", "state", "on_hold", "price", new BigDecimal("1.10"))))))
                .isEqualTo(
                        "{\"data\":{\"removeOrder\":true,\"placeOrder\":{\"id\":9007199254740993},\"again\":{\"state\":\"on_hold\"}}}");
        assertThat(server.asked())
                .containsExactly(
                        "DELETE /orders/9007199254740993",
                        "POST /orders {\"customer-id\":\"c1\",\"price\":1.10,\"state\":\"on-hold\"}",
                        "POST /orders {\"customer-id\":\"c1\",\"price\":1.10,\"state\":\"on-hold\"}");
    }

    @Test
    void directivesShowAndHide() {
        assertThat(answer(
                        "query($yes: Boolean!) { a: note @skip(if: $yes) b: note @include(if: $yes)"
                                + " ... @include(if: $yes) { ping } ... @skip(if: $yes) { customer(id: \"c1\") { id } } }",
                        Map.of("yes", true)))
                .isEqualTo("{\"data\":{\"b\":\"all is well\",\"ping\":true}}");
        assertThat(server.asked()).containsExactly("GET /note", "GET /ping");
    }

    @Test
    void whatTheServiceRefusesIsAnErrorAtItsField() {
        assertThat(answer("{ a: customer(id: \"none\") { id } b: customer(id: \"c1\") { id } }"))
                .isEqualTo(
                        "{\"data\":{\"a\":null,\"b\":{\"id\":\"c1\"}},\"errors\":[{\"message\":\"the service has no such thing\","
                                + "\"locations\":[{\"line\":1,\"column\":3}],\"path\":[\"a\"],"
                                + "\"extensions\":{\"code\":\"UPSTREAM_NOT_FOUND\",\"status\":404}}]}");
    }

    @Test
    void aNullWhereThereIsAlwaysAValueEmptiesTheObjectAroundItAlone() {
        server.answering(
                "GET /orders",
                "{\"items\": [{\"id\": null, \"state\": \"new\"}, {\"id\": 2, \"state\": \"lost\"}, "
                        + "{\"id\": 3, \"state\": \"new\", \"price\": [], \"lines\": 4294967296, \"labels\": 7}], \"total\": 3}");

        GraphAnswer answer = engine.execute(
                GraphRequest.of(
                        "{ orders { total } order(id: 3) { id } page: orders { items { id state price lines labels { key } } } }"),
                GraphCaller.ANONYMOUS);

        assertThat(text(answer))
                .startsWith("{\"data\":{\"orders\":{\"total\":3},\"order\":{\"id\":3},\"page\":null},\"errors\":[");
        assertThat(answer.codes())
                .containsExactly("NULL_VALUE", "WRONG_TYPE", "WRONG_TYPE", "WRONG_TYPE", "WRONG_TYPE");
        assertThat(text(answer))
                .contains("\"path\":[\"page\",\"items\",0,\"id\"]", "\"path\":[\"page\",\"items\",2,\"labels\"]");
    }
}
