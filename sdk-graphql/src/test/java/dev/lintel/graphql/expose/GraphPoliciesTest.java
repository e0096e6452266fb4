package dev.lintel.graphql.expose;

import static dev.lintel.core.SecretRef.secretRef;
import static dev.lintel.core.ServiceRef.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.schema.Nullability;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is said about graphs, as values. */
class GraphPoliciesTest {
    static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: "catalog: 'all'", version: "1"}
            paths:
              /items: {get: {operationId: items, responses: {"200": {description: fine}}}}
            """;

    private static final GraphClient CLIENT =
            GraphClient.client("https://id.example", "graph", secretRef("shop", "graph", "secret"));

    @Test
    void whatIsSaidReadsBackEqualFromJsonAndYaml() {
        GraphSource source =
                GraphSource.openApi("catalog.yaml", DOCUMENT, service("catalog").port(8080));
        ApiDefinition said = said(
                source,
                GraphSource.openApi("bills.yaml", DOCUMENT, service("bills"))
                        .named("billing")
                        .ignoreSecurity()
                        .exchangeToken(CLIENT, "bills", "bills.read"),
                GraphSource.openApi("own.yaml", DOCUMENT, service("own"))
                        .named("own")
                        .ownToken(CLIENT, "own.read"),
                GraphSource.openApi("none.yaml", DOCUMENT, service("none"))
                        .named("none")
                        .withoutToken(),
                new GraphField("Query.items", GraphField.Asks.SCOPES, List.of("a", "b")),
                new GraphField("Query.billingItems", GraphField.Asks.DENIED, List.of()),
                new GraphLimit(GraphLimit.What.DEPTH, 8),
                GraphIntrospection.forScope("schema.read"),
                GraphOption.of(GraphOption.Option.NULLABILITY, Nullability.ALL_NULLABLE),
                new GraphNames(new NameLock(new TreeMap<>(Map.of("query GET /items", "items"))).names()));

        assertThat(DefinitionFormat.yaml().read(DefinitionFormat.yaml().write(said), "api.yaml"))
                .containsExactly(said);
        assertThat(DefinitionFormat.json().read(DefinitionFormat.json().write(said), "api.json"))
                .containsExactly(said);
    }

    @Test
    void aDocumentIsNotPrinted() {
        assertThat(GraphSource.openApi("catalog.yaml", DOCUMENT, service("catalog"))
                        .named("shop"))
                .hasToString("GraphSource[catalog, catalog.yaml, shop, GraphTokens[handling=FORWARD, client=null,"
                        + " audience=, scopes=[]]]");
    }

    @Test
    void whatIsImpossibleIsRefusedWhereItIsSaid() {
        refused(() -> new GraphLimit(GraphLimit.What.DEPTH, 0), "the limit of depth must be 1 to 100, but was 0");
        refused(
                () -> new GraphLimit(GraphLimit.What.COST, 100_001),
                "the limit of cost must be 1 to 100000, but was 100001");
        refused(
                () -> new GraphField("refund", GraphField.Asks.TOKEN, List.of()),
                "a field is said as type and field, for example 'Mutation.refund', but was 'refund'");
        refused(
                () -> new GraphField("Query.x", GraphField.Asks.SCOPES, List.of()),
                "field 'Query.x' asks for scopes, but names none");
        refused(
                () -> new GraphField("Query.x", GraphField.Asks.SCOPES, List.of("a b")),
                "the scopes of field 'Query.x' must be words, each said once, but were [a b]");
        refused(
                () -> new GraphOption(GraphOption.Option.PATH, "/graphql/**"),
                "a graph is served at a path such as '/graphql', of letters, digits, '-' and '_', but was '/graphql/**'");
        refused(
                () -> new GraphOption(GraphOption.Option.MAPS, "trees"),
                "maps must be one of entries, json, but was 'trees'");
        refused(
                () -> new GraphTokens(GraphTokens.Handling.EXCHANGE, CLIENT, "", List.of()),
                "a token is exchanged for one with an audience, but none is said");
        refused(
                () -> new GraphTokens(GraphTokens.Handling.OWN, null, "", List.of()),
                "tokens are got by a client, but none is said");
        refused(
                () -> GraphSource.openApi("c.yaml", DOCUMENT, service("c")).named("9"),
                "the name of a service in a graph has letters and digits, at most 40, and begins with a letter, but was"
                        + " '9'");
        refused(
                () -> GraphSource.openApi("c.yaml", DOCUMENT + "# " + "x".repeat(GraphSource.LONGEST), service("c")),
                "the document 'c.yaml' has more than 524288 bytes; cut it to the operations that the graph is to have");
    }

    private static void refused(Runnable saying, String message) {
        assertThatThrownBy(saying::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static ApiDefinition said(Policy... policies) {
        int[] line = {10};
        return new ApiDefinition(
                service("graph"),
                "shop",
                Arrays.stream(policies)
                        .map(policy -> new Said(policy, Origin.at("Graph.java", line[0]++)))
                        .toList(),
                Origin.at("Graph.java", 9));
    }
}
