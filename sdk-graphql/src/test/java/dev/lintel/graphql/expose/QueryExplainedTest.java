package dev.lintel.graphql.expose;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphPoliciesTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a graph would do for a query. */
class QueryExplainedTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: shop, version: "1"}
            paths:
              /items/{id}:
                get:
                  operationId: item
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses:
                    "200":
                      description: fine
                      content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}
              /items:
                delete: {operationId: clear, responses: {"200": {description: fine}}}
            components: {schemas: {Item: {type: object, properties: {name: {type: string}, cost: {type: string}}}}}
            """;
    private static final ApiDefinition SHOP = said(
            OAuth2.oauth2("https://id.example"),
            GraphSource.openApi("shop.yaml", DOCUMENT, service("shop")),
            GraphSource.openApi("more.yaml", DOCUMENT, service("store")).named("store"),
            new GraphField("Item.cost", GraphField.Asks.SCOPES, List.of("costs")),
            new GraphField("Mutation.clear", GraphField.Asks.SCOPES, List.of("admin")),
            new GraphLimit(GraphLimit.What.COST, 2));

    @Test
    void fieldsAreToldWithWhatTheyAskAndCallsWithTheirService() {
        assertThat(explain("{ item(id: \"a/b\") { name cost } storeItem(id: \"1\") { name } }", "costs"))
                .hasToString("""
                        allowed Item.name: nothing is asked
                        allowed Item.cost: asks for scope costs, which the token has
                        allowed Query.item: nothing is asked
                        allowed StoreItem.name: nothing is asked
                        allowed Query.storeItem: nothing is asked
                        calls shop: GET /items/a%2Fb for item
                        calls store: GET /items/1 for storeItem
                        """);
    }

    @Test
    void twoServicesAreAskedThoughTheirPathsAreTheSame() {
        assertThat(explain("{ item(id: \"1\") { name } storeItem(id: \"1\") { name } }")
                        .calls()
                        .calls())
                .extracting(call -> call.service() + " " + call.target())
                .containsExactly(" /items/1", "store /items/1");
    }

    @Test
    void aMutationThatIsRefusedCallsNothing() {
        assertThat(explain("mutation { clear }", "costs")).hasToString("""
                refused Mutation.clear: asks for scope admin, which the token has not
                refused: [FORBIDDEN]
                """);
    }

    @Test
    void aQueryThatAsksForTooMuchIsRefused() {
        QueryExplained explained =
                explain("{ a: item(id: \"1\") { name } b: item(id: \"2\") { name } c: item(id: \"3\") { name } }");

        assertThat(explained.calls().calls()).isEmpty();
        assertThat(explained.calls().refusal()).isNotNull();
    }

    @Test
    void variablesAreNotPrinted() {
        GraphRequest request =
                new GraphRequest("query($id: String!) { item(id: $id) { name } }", null, Map.of("id", "7"), Map.of());

        assertThat(QueryExplained.of(SHOP, request, GraphCaller.ANONYMOUS)
                        .calls()
                        .calls())
                .extracting("target")
                .containsExactly("/items/7");
        assertThat(request.toString()).doesNotContain("7}");
    }

    @Test
    void whatIsNoGraphIsNotExplained() {
        assertThatThrownBy(() -> QueryExplained.of(
                        said(OAuth2.oauth2("https://id.example")), GraphRequest.of("{ a }"), GraphCaller.ANONYMOUS))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("graphql.none graph.shop: is no graph");
    }

    private static QueryExplained explain(String query, String... scopes) {
        GraphCaller caller = new GraphCaller(true, new TreeSet<>(Set.of(scopes)), new TreeMap<>());
        return QueryExplained.of(SHOP, GraphRequest.of(query), caller);
    }
}
