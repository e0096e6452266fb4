package dev.lintel.graphql.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.compose.Composition.Part;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.openapi.OpenApiReader;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.SchemaAssembler;
import dev.lintel.graphql.schema.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services in one graph. */
class CompositionTest {
    private final ApiModel orders = model("orders", "total: {type: string}");
    private final ApiModel bills = model("bills", "paid: {type: boolean}");

    @Test
    void typesAndFieldsOfANamedServiceBeginWithItsName() {
        GraphSchema both = schema(new Part("orders", "", orders), new Part("bills", "billing", bills));

        assertThat(both.sdl())
                .contains("getItem(id: String!): Item", "billingGetItem(id: String!): BillingItem")
                .contains("type BillingItem {\n  paid: Boolean\n}", "type Item {\n  total: String\n}");
        assertThat(both.fields()).isEqualTo(2);
        assertThat(both.declared()).isEqualTo(2);
    }

    @Test
    void eachOperationKnowsItsService() {
        ApiModel both = Composition.of(List.of(new Part("orders", "", orders), new Part("bills", "billing", bills)));

        assertThat(both.operations())
                .extracting(Operation::key)
                .containsExactly("GET /items/{id}", "bills GET /items/{id}");
        assertThat(both.operations()).extracting(Operation::service).containsExactly("", "bills");
    }

    @Test
    void aGraphThatGrowsKeepsItsNames() {
        NameLock alone = schema(new Part("orders", "", orders)).names().toLock();
        NameLock both = schema(new Part("orders", "", orders), new Part("bills", "billing", bills))
                .names()
                .toLock();

        assertThat(both.names()).containsAllEntriesOf(alone.names());
    }

    @Test
    void linksLeadToOperationsOfTheirOwnService() {
        ApiModel linked = OpenApiReader.read(OpenApi.of("linked.yaml", """
                openapi: 3.0.3
                info: {title: x, version: "1"}
                paths:
                  /items:
                    get:
                      operationId: one
                      responses:
                        "200":
                          description: fine
                          content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
                          links: {more: {operationId: other, parameters: {id: "$response.body#/id"}}}
                  /others/{id}:
                    get:
                      operationId: other
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      responses: {"200": {description: fine, content: {text/plain: {schema: {type: string}}}}}
                """));

        ApiModel both = Composition.of(List.of(new Part("a", "", linked), new Part("b", "more", linked)));

        assertThat(both.operations())
                .filteredOn(operation -> operation.path().equals("/items"))
                .flatExtracting(operation -> operation.answer().links())
                .extracting(Link::target)
                .containsExactly("GET /others/{id}", "b GET /others/{id}");
        assertThat(schema(new Part("a", "", linked), new Part("b", "more", linked))
                        .sdl())
                .containsPattern("(?s)type OneResult \\{[^}]*more")
                .containsPattern("(?s)type MoreOneResult \\{[^}]*more");
    }

    @Test
    void namesThatTwoServicesClaimAreTold() {
        assertThat(Composition.collisions(List.of(new Part("orders", "", orders), new Part("bills", "", bills))))
                .containsOnlyKeys("Item", "Query.getItem")
                .containsEntry("Item", List.of("orders", "bills"));
        assertThat(Composition.collisions(List.of(new Part("orders", "", orders), new Part("bills", "billing", bills))))
                .isEmpty();
    }

    private static GraphSchema schema(Part... parts) {
        return SchemaAssembler.assemble(Composition.of(List.of(parts)), Settings.DEFAULT, NameLock.EMPTY);
    }

    private static ApiModel model(String name, String property) {
        return OpenApiReader.read(OpenApi.of(name + ".yaml", """
                openapi: 3.0.3
                info: {title: x, version: "1"}
                paths:
                  /items/{id}:
                    get:
                      operationId: getItem
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      responses:
                        "200":
                          description: fine
                          content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}
                components:
                  schemas:
                    Item: {type: object, properties: {%s}}
                """.formatted(property)));
    }
}
