package dev.lintel.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which type an object has, asked of the schema itself. */
class VariantOfTest {
    private static final String CARD = "{\"type\": \"object\", \"required\": [\"number\"], \"properties\":"
            + " {\"type\": {\"type\": \"string\"}, \"number\": {\"type\": \"string\"}}}";
    private static final String CASH = "{\"type\": \"object\", \"properties\":"
            + " {\"type\": {\"type\": \"string\"}, \"currency\": {\"type\": \"string\"}}}";

    @Test
    void aDiscriminatorDecidesByItsMapping() {
        String said =
                ", \"discriminator\": {\"propertyName\": \"type\", \"mapping\": {\"c\": \"#/components/schemas/Cash\"}}";

        assertThat(type(said, Map.of("type", "c", "number", "1"))).isEqualTo("Cash");
    }

    @Test
    void aDiscriminatorDecidesByTheNameOfASchema() {
        String said = ", \"discriminator\": {\"propertyName\": \"type\"}";

        assertThat(type(said, Map.of("type", "Cash", "number", "1"))).isEqualTo("Cash");
    }

    @Test
    void anUnknownValueIsDecidedByProperties() {
        String said = ", \"discriminator\": {\"propertyName\": \"type\"}";

        assertThat(type(said, Map.of("type", "?", "number", "1"))).isEqualTo("Card");
    }

    @Test
    void withoutADiscriminatorARequiredPropertyDecides() {
        assertThat(type("", Map.of("type", "c", "number", "1"))).isEqualTo("Card");
        assertThat(type("", Map.of("type", "c"))).isEqualTo("Cash");
        assertThat(type("", Map.of("currency", "EUR"))).isEqualTo("Cash");
    }

    @Test
    void whatIsNoObjectHasNoType() {
        assertThat(type("", List.of())).isNull();
    }

    private static Object type(String discriminator, Object value) {
        String document =
                "{\"openapi\": \"3.0.0\", \"paths\": {\"/p\": {\"get\": {\"operationId\": \"p\", \"responses\":"
                        + " {\"200\": {\"content\": {\"application/json\": {\"schema\": {\"oneOf\": ["
                        + "{\"$ref\": \"#/components/schemas/Card\"}, {\"$ref\": \"#/components/schemas/Cash\"}]"
                        + discriminator
                        + "}}}}}}}}, \"components\": {\"schemas\": {\"Card\": " + CARD + ", \"Cash\": " + CASH + "}}}";
        GraphQLSchema schema = Graph.of("variants")
                .from(OpenApi.of("document", document))
                .schema()
                .graphQl();
        GraphQLCodeRegistry code = schema.getCodeRegistry()
                .transform(registry -> registry.dataFetcher(
                        graphql.schema.FieldCoordinates.coordinates("Query", "p"),
                        (DataFetcher<Object>) environment -> value));
        Map<String, Object> data = GraphQL.newGraphQL(schema.transform(changed -> changed.codeRegistry(code)))
                .build()
                .execute("{ p { __typename } }")
                .getData();
        return data.get("p") instanceof Map<?, ?> found ? found.get("__typename") : null;
    }
}
