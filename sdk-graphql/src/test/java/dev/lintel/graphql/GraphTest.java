package dev.lintel.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.Maps;
import dev.lintel.graphql.schema.Nullability;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final String DOCUMENT = """
            openapi: 3.0.0
            paths:
              /a:
                get:
                  operationId: a
                  responses: {"200": {content: {application/json: {schema: {$ref: "common.yaml#/Thing"}}}}}
            """;
    private static final String COMMON = """
            Thing: {type: object, required: [id], properties: {
              id: {type: string}, more: {$ref: "#/Words"}, parent: {$ref: "common.yaml#/Thing"}}}
            Words: {type: object, additionalProperties: {type: string}}
            """;

    @Test
    void referencesLeadOnlyToDocumentsThatWereGiven() {
        OpenApi alone = OpenApi.of("document", DOCUMENT);

        GraphSchema refused = Graph.of("catalog").from(alone).schema();
        GraphSchema given =
                Graph.of("catalog").from(alone.with("common.yaml", COMMON)).schema();

        assertThat(refused.losses())
                .map(Loss::toString)
                .containsExactly(
                        "WIDENED #/paths/~1a/get/responses/200 $ref: 'common.yaml#/Thing' is in another document,"
                                + " which was not given");
        assertThat(given.losses()).isEmpty();
        assertThat(given.sdl()).contains("type Thing {\n  id: String!\n  more: [StringEntry!]\n  parent: Thing\n}");
    }

    @Test
    void mapsCanStayJson() {
        Graph graph = Graph.of("catalog")
                .from(OpenApi.of("document", DOCUMENT).with("common.yaml", COMMON))
                .maps(Maps.JSON);

        assertThat(graph.schema().sdl()).contains("  more: JSON\n").doesNotContain("Entry");
    }

    @Test
    void answersCanAllBeNull() {
        Graph graph = Graph.of("catalog")
                .from(OpenApi.of("document", DOCUMENT).with("common.yaml", COMMON))
                .nullability(Nullability.ALL_NULLABLE);

        assertThat(graph.schema().sdl()).contains("type Thing {\n  id: String\n");
    }

    @Test
    void tenThousandOperationsAreTenThousandFields() {
        StringBuilder paths = new StringBuilder();
        StringBuilder schemas = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            String comma = i == 0 ? "" : ",";
            paths.append(
                    comma + "\"/p" + i + "\": {\"get\": {\"responses\": {\"200\": {\"content\": {\"application/json\":"
                            + " {\"schema\": {\"$ref\": \"#/components/schemas/T" + i % 100 + "\"}}}}}}}");
            schemas.append(comma + "\"T" + i + "\": {\"properties\": {\"next\": {\"$ref\": \"#/components/schemas/T"
                    + (i ^ 1) + "\"}}, \"required\": [\"next\"]}");
        }
        String text = "{\"openapi\": \"3.0.0\", \"paths\": {" + paths + "}, \"components\": {\"schemas\": {" + schemas
                + "}}}";

        GraphSchema schema = Graph.of("big").from(OpenApi.of("big", text)).schema();

        assertThat(schema.fields()).isEqualTo(10_000);
        assertThat(schema.graphQl()
                        .getQueryType()
                        .getFieldDefinition("getP9999")
                        .getType())
                .isSameAs(schema.graphQl().getType("T99"));
    }

    @Test
    void aGraphHasAName() {
        assertThatThrownBy(() -> Graph.of(" ")).hasMessage("a graph needs a name, but it is blank");
    }
}
