package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Loss;
import org.junit.jupiter.api.Test;

/** Links of a document are fields of the objects that have them. */
class LinkTest extends ServedShop {
    @Test
    void whatAListLeadsToIsAskedOnceForEachThing() {
        server.answering(
                "GET /orders",
                "{\"items\": [" + ShopServer.ORDER + ", {\"id\": 2, \"state\": \"new\", \"customer-id\": \"c2\"},"
                        + " {\"id\": 3, \"state\": \"new\", \"customer-id\": null}, " + ShopServer.ORDER
                        + "], \"total\": 4}");

        assertThat(answer("{ orders { items { buyer { full_name } } } }"))
                .isEqualTo("{\"data\":{\"orders\":{\"items\":[{\"buyer\":{\"full_name\":\"Name of c1\"}},"
                        + "{\"buyer\":{\"full_name\":\"Name of c2\"}},{\"buyer\":null},"
                        + "{\"buyer\":{\"full_name\":\"Name of c1\"}}]}}}");
        assertThat(server.asked()).containsExactly("GET /customers/c1", "GET /customers/c2", "GET /orders");
    }

    @Test
    void argumentsOfTheRequestAreKnownWhereTheObjectWasAskedFor() {
        assertThat(answer("{ order(id: 2) { history } }")).isEqualTo("{\"data\":{\"order\":{\"history\":[]}}}");
        assertThat(server.asked()).containsExactly("GET /orders/2", "GET /orders/2/history");
    }

    @Test
    void elsewhereTheyAreAnErrorAndNothingIsSent() {
        assertThat(answer("{ orders { total items { history } } }"))
                .startsWith("{\"data\":{\"orders\":{\"total\":3,\"items\":[{\"history\":null},")
                .contains("\"path\":[\"orders\",\"items\",2,\"history\"],\"extensions\":{\"code\":\"LINK_UNKNOWN\"}");
        assertThat(server.asked()).containsExactly("GET /orders");
    }

    @Test
    void whatALinkLeadsToCannotLeaveItsPlace() {
        server.answering("GET /orders/2", "{\"id\": 2, \"state\": \"new\", \"customer-id\": \"a/../b?c#d\"}");

        assertThat(answer("{ order(id: 2) { id buyer { id } } }"))
                .isEqualTo(
                        "{\"data\":{\"order\":{\"id\":2,\"buyer\":null}},\"errors\":[{\"message\":"
                                + "\"argument 'id' would lead out of its place in the path\",\"locations\":[{\"line\":1,\"column\":21}],"
                                + "\"path\":[\"order\",\"buyer\"],\"extensions\":{\"code\":\"BAD_ARGUMENT\",\"argument\":\"id\"}}]}");
        assertThat(server.asked()).containsExactly("GET /orders/2");
    }

    @Test
    void linksThatCannotBeFollowedAreLosses() {
        Graph graph = Graph.of("links").from(OpenApi.of("links", """
                openapi: 3.0.0
                paths:
                  /a:
                    get:
                      operationId: a
                      responses:
                        "200":
                          content: {application/json: {schema: {type: object, properties: {b: {type: string}, id: {type: string}}}}}
                          links:
                            b: {operationRef: "#/paths/~1b~1%7Bid%7D/get", parameters: {path.id: $response.body#/id}}
                            gone: {operationId: nothing}
                            odd: {operationId: b, parameters: {id: "{$response.body#/id}-x"}}
                            strange: {operationId: b, parameters: {key: 1}}
                            change: {operationId: c}
                  /b/{id}:
                    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                    get:
                      operationId: b
                      responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
                    put: {operationId: c, responses: {"204": {description: done}}}
                """));

        assertThat(graph.schema().sdl()).contains("type AResult {\n  b: String\n  bLink: [String!]\n  id: String\n}");
        assertThat(graph.losses())
                .map(Loss::toString)
                .containsExactly(
                        "UNUSED #/paths/~1a/get/links/change links: it leads to an operation that changes something",
                        "UNUSED #/paths/~1a/get/links/gone links: it leads to no operation of the document",
                        "UNUSED #/paths/~1a/get/links/odd links: it gives 'id' by an expression that is not understood",
                        "UNUSED #/paths/~1a/get/links/strange links: it gives 'key', which is no parameter of the operation");
    }
}
