package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphEngineTest {
    private ShopServer server;
    private GraphEngine engine;

    @BeforeEach
    void start() throws IOException {
        server = new ShopServer();
        engine = GraphEngine.of(ShopDocument.graph(), server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

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

    private String answer(String query) {
        return text(engine.execute(GraphRequest.of(query), GraphCaller.ANONYMOUS));
    }

    private static String text(GraphAnswer answer) {
        return new String(answer.json(), StandardCharsets.UTF_8);
    }
}
